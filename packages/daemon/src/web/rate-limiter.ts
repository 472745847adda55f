import type { RateLimit } from "./web-config.ts";

/** Lets a request through, or says in how many milliseconds the next one may come. */
export type RateLimiter = () => { readonly waitMs: number };

/** A token bucket that is full at first. `now` is a clock that does not go back, in milliseconds. */
export function createRateLimiter({ intervalMs, burst }: RateLimit, now: () => number): RateLimiter {
  let tokens = burst;
  let countedAtMs = now();
  return () => {
    const nowMs = now();
    tokens = Math.min(burst, tokens + (nowMs - countedAtMs) / intervalMs);
    countedAtMs = nowMs;
    if (tokens < 1) return { waitMs: (1 - tokens) * intervalMs };
    tokens -= 1;
    return { waitMs: 0 };
  };
}
