/** How often and how long one request is tried again. The only place of the product that retries. */
export interface RetryPolicy {
  /** Attempts in all, the first included. Default 4. */
  readonly maxAttempts: number;
  /** Full jitter: a wait is `random × min(maxDelayMs, base × 2^n)`. Default 100 ms, and 500 ms when throttled. */
  readonly baseDelayMs: number;
  readonly throttledBaseDelayMs: number;
  /** Default 20 s. */
  readonly maxDelayMs: number;
  /** A longer `Retry-After` fails the call with `retryAtMs` instead of sleeping. Default 60 s. */
  readonly maxRetryAfterMs: number;
  /** Token bucket: a retry costs 5, after a timeout 10; a first try that succeeds gives 1 back. Default 100. */
  readonly budgetTokens: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  maxAttempts: 4,
  baseDelayMs: 100,
  throttledBaseDelayMs: 500,
  maxDelayMs: 20_000,
  maxRetryAfterMs: 60_000,
  budgetTokens: 100,
};
