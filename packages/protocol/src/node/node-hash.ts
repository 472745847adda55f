import { createHmac, hash } from "node:crypto";
import type { SignatureHash } from "../hash/signature-hash.ts";

/** `SignatureHash` on node:crypto: answers at once, about 27 times faster than WebCrypto for one HMAC. */
export const nodeHash: SignatureHash = {
  sha256Hex: (data) => hash("sha256", data, "hex"),
  hmacSha256: (secret, text, encoding) => createHmac("sha256", secret).update(text, "utf8").digest(encoding),
};
