import type { SignatureDiagnosis, VerifiedScheme } from "@fc-async/protocol/verify";
import type { AuthenticationVerdict } from "../auth/authentication.ts";
import type { FaultAction } from "../faults/fault-rule.ts";

/** One request as the emulator saw it and what it answered. Holds no secret, no token of a temporary key and no signature. */
export interface RequestRecord {
  /** When it arrived, on the emulator's clock, in milliseconds since the epoch. */
  readonly atMs: number;
  readonly method: string;
  /** Path and query as received. */
  readonly target: string;
  /** `Host` as received. */
  readonly host: string;
  /** Of the host, or of the key where the host names none. */
  readonly account: string | undefined;
  readonly region: string;
  readonly scheme: VerifiedScheme | undefined;
  readonly accessKeyId: string | undefined;
  readonly nonce: string | undefined;
  /** The date the request was signed with, in milliseconds since the epoch. */
  readonly dateMs: number | undefined;
  /** `undefined` when the request was refused before it came to its signature. */
  readonly verdict: AuthenticationVerdict | undefined;
  /** What exactly was wrong, when something was. */
  readonly detail: string | undefined;
  /** On `signature_mismatch`: what was signed here, line by line, and which mistake would explain what was sent. */
  readonly diagnosis: SignatureDiagnosis | undefined;
  /** Names of query parameters that nothing reads. */
  readonly unread: readonly string[];
  /** 1-based number of the page within its walk. */
  readonly page: number | undefined;
  /** Type of the fault that shaped the answer, `delay` only when no other did; `pagination` for a mode other than `stable`. */
  readonly fault: FaultAction["type"] | "pagination" | undefined;
  /** `undefined` while there is no answer, and for ever when a fault cuts the connection before one. */
  readonly status: number | undefined;
  /** What the answer has against the description in openapi/; empty when it was not looked at. */
  readonly violations: readonly string[];
  /** Error code of the answer. */
  readonly code: string | undefined;
  readonly requestId: string;
}
