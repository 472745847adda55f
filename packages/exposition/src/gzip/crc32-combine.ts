// CRC-32 is the remainder of a polynomial over GF(2) modulo P. Numbers here are such remainders in the reflected order
// of RFC 1952: bit 31 is the coefficient of x^0, bit 0 that of x^31.
const P = 0xedb88320;
const X_TO_THE_0 = 0x80000000;
const X_TO_THE_1 = 0x40000000;

/** a(x) · b(x) mod P(x). */
function multiply(a: number, b: number): number {
  let product = 0;
  let shifted = b;
  for (let bit = X_TO_THE_0; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) {
      product ^= shifted;
    }
    shifted = (shifted & 1) === 0 ? shifted >>> 1 : (shifted >>> 1) ^ P;
  }
  return product >>> 0;
}

/** Entry k is x^(2^k) mod P(x). Squaring once more after k = 31 gives x again: x has the order 2^32 − 1. */
const X_TO_THE_POWERS_OF_2: readonly number[] = Array.from({ length: 31 }).reduce<number[]>(
  (powers) => {
    const last = powers.at(-1) ?? X_TO_THE_1;
    return [...powers, multiply(last, last)];
  },
  [X_TO_THE_1],
);

/** x^(8 · byteLength) mod P(x): multiplying by it moves a remainder past that many bytes. */
function xToTheBitsOf(byteLength: number): number {
  let power = X_TO_THE_0;
  // 8 = 2^3: the lowest bit of the length counts x^8.
  for (let rest = byteLength, k = 3; rest > 0; rest = Math.floor(rest / 2), k += 1) {
    if (rest % 2 === 1) {
      power = multiply(X_TO_THE_POWERS_OF_2[k % 32] ?? X_TO_THE_0, power);
    }
  }
  return power;
}

/**
 * The CRC-32 of two byte sequences after one another, from the CRC-32 of each.
 *
 * It takes about 32 · log2(length) steps, a few microseconds, so the operators of known lengths need no cache.
 *
 * @param first - CRC-32 of the first sequence (RFC 1952), unsigned; 0 for the empty one.
 * @param second - CRC-32 of the second sequence, unsigned.
 * @param secondByteLength - Length of the second sequence.
 */
export function crc32Combine(first: number, second: number, secondByteLength: number): number {
  return (multiply(xToTheBitsOf(secondByteLength), first) ^ second) >>> 0;
}
