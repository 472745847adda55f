import type { MaybePromise, SignatureHash } from "../../hash/signature-hash.ts";

/** Second stage of the `FC` scheme: HMAC-SHA256 with the raw secret, in base64. */
export function fcSignature(stringToSign: string, accessKeySecret: string, hash: SignatureHash): MaybePromise<string> {
  return hash.hmacSha256(accessKeySecret, stringToSign, "base64");
}
