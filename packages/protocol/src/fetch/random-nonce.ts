const BYTES_PER_NONCE = 16;
/** One call of the random source costs more than all else about a nonce, so it fills 64 of them. */
const pool = new Uint8Array(64 * BYTES_PER_NONCE);
let used: number = pool.length;

const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** 32 hexadecimal digits from the platform's random source: 128 bits, so two never meet. */
export function randomNonce(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  let nonce = "";
  for (const byte of pool.subarray(used, used + BYTES_PER_NONCE)) nonce += HEX[byte] ?? "";
  used += BYTES_PER_NONCE;
  return nonce;
}
