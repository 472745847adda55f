/** A value that is there already, or will be. Node's crypto answers at once, WebCrypto does not. */
export type MaybePromise<T> = T | Promise<T>;

/**
 * The two primitives both signature schemes need. Text is hashed as UTF-8.
 *
 * Injected, because `crypto.subtle` costs about 27 times `node:crypto` for one HMAC (docs/adr/0004-injected-hash.md):
 * `webCryptoHash` is the portable default, `nodeHash` of `@fc-async/protocol/node` the fast one.
 */
export interface SignatureHash {
  /** SHA-256 as 64 lower-case hexadecimal digits. */
  sha256Hex(data: string | Uint8Array<ArrayBuffer>): MaybePromise<string>;
  /** HMAC-SHA256 keyed with the raw secret: lower-case hexadecimal (ACS3) or base64 (FC). */
  hmacSha256(secret: string, text: string, encoding: "hex" | "base64"): MaybePromise<string>;
}
