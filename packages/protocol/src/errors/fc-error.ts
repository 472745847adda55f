import type { FailureReason } from "../failure-reason.ts";

/** The literal `code` of every class of the family. */
export type FcErrorCode =
  | "FC_API"
  | "FC_NETWORK"
  | "FC_TIMEOUT"
  | "FC_RESPONSE"
  | "FC_PAGINATION"
  | "FC_LIMIT"
  | "FC_CREDENTIALS";

/**
 * The base of every error a read can end with. `code` says which class, `reason` what it counts as.
 *
 * Not in the family: `TypeError` and `RangeError` for a call that is wrong in itself (a `limit` of 0), and whatever reason an
 * `AbortSignal` carries; both reach the caller untouched.
 */
export abstract class FcError extends Error {
  abstract readonly code: FcErrorCode;
  abstract readonly reason: FailureReason;
}

/** True for an error of the family, also one from another copy of this package. */
export function isFcError(error: unknown): error is FcError {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    error.code.startsWith("FC_") &&
    "reason" in error
  );
}
