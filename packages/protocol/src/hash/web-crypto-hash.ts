import type { SignatureHash } from "./signature-hash.ts";

const utf8 = new TextEncoder();

/** `SignatureHash` on WebCrypto: runs in Node, Deno, Bun, workers and browsers. */
export const webCryptoHash: SignatureHash = {
  async sha256Hex(data) {
    const bytes = typeof data === "string" ? utf8.encode(data) : data;
    return hex(await crypto.subtle.digest("SHA-256", bytes));
  },
  async hmacSha256(secret, text, encoding) {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", utf8.encode(secret), algorithm, false, ["sign"]);
    const mac = await crypto.subtle.sign("HMAC", key, utf8.encode(text));
    return encoding === "hex" ? hex(mac) : base64(mac);
  },
};

function hex(buffer: ArrayBuffer): string {
  let text = "";
  for (const byte of new Uint8Array(buffer)) text += byte.toString(16).padStart(2, "0");
  return text;
}

function base64(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)));
}
