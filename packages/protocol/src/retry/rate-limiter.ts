/** Spaces the requests of one account: its quota is shared by all regions, retries and walks. */
export interface RateLimiter {
  /** Waits for this request's turn; resolves to the milliseconds waited (0 when none). Rejects with the signal's reason. */
  take(signal: AbortSignal | undefined): Promise<number>;
  /** The service throttled a request: the rate halves, then recovers step by step. */
  throttled(): void;
}
