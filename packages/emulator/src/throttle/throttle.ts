import type { RetryAfter } from "./retry-after.ts";

/** How fast one account may ask in one region, and how what is too fast is refused. */
export interface Throttle {
  readonly requestsPerSecond: number;
  /** Requests that may come at once. Default: `requestsPerSecond`, at least 1. */
  readonly burst?: number | undefined;
  /** 429 `ResourceExhausted` of the service, or 400 `Throttling.User` of the gateway. Default `ResourceExhausted`. */
  readonly code?: "ResourceExhausted" | "Throttling.User" | undefined;
  /** What the refusal says about waiting. Default: nothing. */
  readonly retryAfter?: RetryAfter | undefined;
}

/** A bucket of tokens for each account and region. */
export interface ThrottleBuckets {
  /** 0 when the request may pass, else how long until one may, in milliseconds. */
  take(account: string, region: string, nowMs: number): number;
  clear(): void;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

export function createThrottleBuckets({
  requestsPerSecond,
  burst = Math.max(1, requestsPerSecond),
}: Throttle): ThrottleBuckets {
  const buckets = new Map<string, Bucket>();
  const tokensPerMs = requestsPerSecond / 1000;
  return {
    take(account, region, nowMs) {
      const key = `${account}/${region}`;
      const bucket = buckets.get(key) ?? { tokens: burst, atMs: nowMs };
      buckets.set(key, bucket);
      // A clock that is set back fills nothing, and must not empty the bucket either.
      bucket.tokens = Math.min(burst, bucket.tokens + Math.max(0, nowMs - bucket.atMs) * tokensPerMs);
      bucket.atMs = nowMs;
      if (bucket.tokens < 1) return (1 - bucket.tokens) / tokensPerMs;
      bucket.tokens -= 1;
      return 0;
    },
    clear: () => buckets.clear(),
  };
}
