/**
 * An unsigned 32-bit number that depends on every one of `numbers`, and on nothing else: random access into a random sequence
 * (the finalizer of MurmurHash3 after each number). Not for secrets.
 */
export function mixed(...numbers: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const number of numbers) {
    hash = finalized(hash ^ (number | 0));
    hash = finalized(hash + (Math.floor(number / 2 ** 32) | 0));
  }
  return hash >>> 0;
}

/** The same for a text, by its UTF-16 units. */
export function mixedText(text: string): number {
  let hash = text.length;
  for (let index = 0; index < text.length; index++) hash = finalized(hash ^ text.charCodeAt(index)) + index;
  return hash >>> 0;
}

function finalized(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
