/** Spaces the requests of one account: its quota is shared by all regions, retries and walks. */
export interface RateLimiter {
  /**
   * Waits for this request's turn; resolves to the milliseconds waited (0 when none). Rejects with the signal's reason.
   * `beforeWait` is told, when there is a wait, about how long it takes, and is awaited first.
   */
  take(signal: AbortSignal | undefined, beforeWait?: (waitMs: number) => void | Promise<void>): Promise<number>;
  /** The service throttled a request: the rate halves, then recovers step by step. */
  throttled(): void;
}
