import type { MaybePromise, SignatureHash } from "../../hash/signature-hash.ts";

/** Third stage of ACS3: HMAC-SHA256 with the raw secret, in hexadecimal. There is no derived key and no scope. */
export function acs3Signature(
  stringToSign: string,
  accessKeySecret: string,
  hash: SignatureHash,
): MaybePromise<string> {
  return hash.hmacSha256(accessKeySecret, stringToSign, "hex");
}
