const WORDS_PER_NONCE = 4;
/** One call of the random source costs more than all else about a nonce, so it fills 64 of them. */
const pool = new Uint32Array(64 * WORDS_PER_NONCE);
let used: number = pool.length;

/** 32 hexadecimal digits from the platform's random source: 128 bits, so two never meet. */
export function randomNonce(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  let nonce = "";
  for (const word of pool.subarray(used, used + WORDS_PER_NONCE)) nonce += word.toString(16).padStart(8, "0");
  used += WORDS_PER_NONCE;
  return nonce;
}
