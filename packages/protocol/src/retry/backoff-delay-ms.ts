import type { RetryPolicy } from "./retry-policy.ts";

/** Why and for the how-manieth time to wait. */
export interface BackoffSituation {
  /** 0 before the first retry. */
  readonly retryIndex: number;
  readonly throttled: boolean;
  /** What the service asked for, if it did: the wait is never shorter. */
  readonly retryAfterMs: number | undefined;
}

/**
 * The wait before a retry, with full jitter: uniform between 0 and `base × 2^n`, at most `maxDelayMs`. Spread over the whole
 * range, so that clients that failed together do not come back together (AWS Architecture Blog, "Exponential Backoff And Jitter").
 */
export function backoffDelayMs(situation: BackoffSituation, policy: RetryPolicy, random: () => number): number {
  const baseMs = situation.throttled ? policy.throttledBaseDelayMs : policy.baseDelayMs;
  const ceilingMs = Math.min(policy.maxDelayMs, baseMs * 2 ** situation.retryIndex);
  return Math.round(Math.max(situation.retryAfterMs ?? 0, random() * ceilingMs));
}
