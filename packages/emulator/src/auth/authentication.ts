import type { VerifiedScheme, VerifyProblem } from "@fc-async/protocol/verify";
import type { WireError } from "../errors/wire-error.ts";

/**
 * What became of the proof. Beside the verifier's own findings: the scheme of the other API version, a nonce seen before, and
 * a good key used on another account.
 */
export type AuthenticationVerdict = "ok" | VerifyProblem | "crossed_scheme" | "nonce_reused" | "foreign_account";

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
      readonly error: WireError;
    };
