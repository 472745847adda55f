import type { MaybePromise, SignatureHash } from "../../hash/signature-hash.ts";
import { whenReady } from "../../hash/when-ready.ts";
import { ACS3_ALGORITHM } from "./acs3-algorithm.ts";

/** Second stage of ACS3: the name of the algorithm and the hash of the canonical request. */
export function acs3StringToSign(canonicalRequest: string, hash: SignatureHash): MaybePromise<string> {
  return whenReady(hash.sha256Hex(canonicalRequest), (digest) => `${ACS3_ALGORITHM}\n${digest}`);
}
