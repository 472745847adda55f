/** 32 hexadecimal digits from the platform's random source: 128 bits, so two never meet. */
export function randomNonce(): string {
  let nonce = "";
  for (const word of crypto.getRandomValues(new Uint32Array(4))) nonce += word.toString(16).padStart(8, "0");
  return nonce;
}
