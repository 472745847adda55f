import type { FcError } from "../errors/fc-error.ts";
import { explainApiError, type ApiErrorMeaning } from "../errors/explain-api-error.ts";
import { FcNetworkError } from "../errors/fc-network-error.ts";
import { FcTimeoutError } from "../errors/fc-timeout-error.ts";
import { parseErrorBody } from "../errors/parse-error-body.ts";
import type { FailureReason } from "../failure-reason.ts";
import type { LightResponse } from "./light-response.ts";

/** How one attempt ended. */
export type AttemptOutcome =
  | { readonly type: "success"; readonly response: LightResponse }
  | { readonly type: "refusal"; readonly response: LightResponse; readonly meaning: ApiErrorMeaning }
  | { readonly type: "failure"; readonly error: FcError };

/** An answer is a success below 300, else a refusal with its meaning. */
export function outcomeOf(response: LightResponse): AttemptOutcome {
  if (response.ok) return { type: "success", response };
  return { type: "refusal", response, meaning: explainApiError(response.status, parseErrorBody(response.peekText())) };
}

/** The word the outcome counts as. */
export function reasonOf(outcome: AttemptOutcome): "ok" | FailureReason {
  if (outcome.type === "success") return "ok";
  return outcome.type === "refusal" ? outcome.meaning.reason : outcome.error.reason;
}

/** Methods whose repetition changes nothing (RFC 9110 section 9.2.2). */
const IDEMPOTENT: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

/**
 * Whether the same request may be sent again. A request that is not idempotent only after the service turned it away
 * unread (throttled); nobody knows what became of it otherwise.
 */
export function mayRetry(outcome: AttemptOutcome, method: string): boolean {
  if (outcome.type === "success") return false;
  if (outcome.type === "refusal") {
    return outcome.meaning.retryable && (IDEMPOTENT.has(method) || outcome.meaning.reason === "throttled");
  }
  const { error } = outcome;
  const isTransient = error instanceof FcTimeoutError || (error instanceof FcNetworkError && error.retryable);
  return isTransient && IDEMPOTENT.has(method);
}
