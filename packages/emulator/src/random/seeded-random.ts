const WARM_UP_ROUNDS = 12;

/** A generator of unsigned 32-bit numbers with a fixed sequence per seed (sfc32, from PractRand). Not for secrets. */
export function seededRandom(seed: number): () => number {
  let a = 0x9e3779b9 | 0;
  let b = seed | 0;
  let c = Math.floor(seed / 2 ** 32) | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let round = 0; round < WARM_UP_ROUNDS; round++) next();
  return next;
}

/** 32 hexadecimal digits per call. */
export function seededHex(next: () => number): string {
  let text = "";
  for (let word = 0; word < 4; word++) text += hex32(next());
  return text;
}

/** A UUID of version 4 (RFC 9562 section 5.4) per call: the form of `X-Fc-Request-Id` in FC 2.0. */
export function seededUuid(next: () => number): string {
  const [first, second, third, fourth] = [next(), next(), next(), next()];
  // Joined, and not concatenated: the log keeps ten thousand of them, and a rope keeps its strands.
  return [
    hex32(first),
    hex16(second >>> 16),
    hex16(0x4000 | (second & 0xfff)),
    hex16(0x8000 | (third >>> 18)),
    hex16(third & 0xffff) + hex32(fourth),
  ].join("-");
}

/** A look-up per byte: writing a number to base 16 took most of the time of a request id. */
const HEX_OF_BYTE: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

const hex16 = (value: number): string => `${HEX_OF_BYTE[value >>> 8]}${HEX_OF_BYTE[value & 0xff]}`;
const hex32 = (value: number): string => hex16(value >>> 16) + hex16(value & 0xffff);
