import type { SignatureDiagnosis, VerifiedScheme, VerifyProblem } from "@fc-async/protocol/verify";
import type { WireError } from "../errors/wire-error.ts";

/**
 * What became of the proof. Beside the verifier's own findings: the scheme of the other API version, a nonce seen before, a key
 * that is switched off or whose time is over, a good key used on another account, and a holder whom no RAM policy allows the call.
 */
export type AuthenticationVerdict =
  | "ok"
  | VerifyProblem
  | "crossed_scheme"
  | "nonce_reused"
  | "inactive_key"
  | "expired_key"
  | "foreign_account"
  | "not_authorized";

export type Authentication =
  | {
      readonly ok: true;
      readonly scheme: VerifiedScheme;
      readonly accessKeyId: string;
      readonly accountId: string;
      readonly nonce: string | undefined;
      readonly dateMs: number;
    }
  | {
      readonly ok: false;
      readonly scheme: VerifiedScheme | undefined;
      readonly accessKeyId: string | undefined;
      readonly verdict: Exclude<AuthenticationVerdict, "ok">;
      /** One sentence, never with a secret. */
      readonly detail: string;
      /** On a signature that does not fit: what was signed here, and which mistake would explain it. */
      readonly diagnosis?: SignatureDiagnosis | undefined;
      readonly error: WireError;
    };
