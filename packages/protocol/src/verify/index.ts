export { percentEncode } from "../encoding/percent-encode.ts";
export type { MaybePromise, SignatureHash } from "../hash/signature-hash.ts";
export { webCryptoHash } from "../hash/web-crypto-hash.ts";
export { DEFAULT_MAX_SKEW_MS } from "./check-date.ts";
export type { ReceivedRequest, SigningKey, VerifyOptions } from "./received-request.ts";
export type { Acceptance, Refusal, Verdict, VerifiedScheme, VerifyProblem } from "./verdict.ts";
export { verifyAcs3 } from "./verify-acs3.ts";
export { verifyFc } from "./verify-fc.ts";
export { verifyRequest } from "./verify-request.ts";
