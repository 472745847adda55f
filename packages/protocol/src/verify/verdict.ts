/** Which scheme a request is signed with. */
export type VerifiedScheme = "acs3" | "fc";

/** What is wrong with a request, in the order it is looked at. */
export type VerifyProblem =
  | "missing_authorization"
  | "malformed_authorization"
  | "missing_header"
  | "unsigned_header"
  | "malformed_date"
  | "skewed_date"
  | "unknown_key"
  | "token_mismatch"
  | "content_hash_mismatch"
  | "signature_mismatch";

/** A request that is signed as it should be. */
export interface Acceptance {
  readonly ok: true;
  readonly scheme: VerifiedScheme;
  readonly accessKeyId: string;
  /** Whether it was used before is for the caller to remember. The `FC` scheme has none. */
  readonly nonce: string | undefined;
  readonly dateMs: number;
}

/** A request that is not. */
export interface Refusal {
  readonly ok: false;
  readonly scheme: VerifiedScheme | undefined;
  readonly accessKeyId: string | undefined;
  readonly problem: VerifyProblem;
  /** One sentence naming the header or the shape of the value, never a secret. */
  readonly detail: string;
  /** On `signature_mismatch`: what the verifier signed. `canonicalRequest` is `""` under the `FC` scheme. */
  readonly expected?: { readonly canonicalRequest: string; readonly stringToSign: string };
}

export type Verdict = Acceptance | Refusal;
