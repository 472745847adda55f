import { abortable } from "../fetch/abortable.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { sleep as platformSleep } from "./sleep.ts";

export interface RateLimiterOptions {
  /** Full rate, above 0. As many requests may also go out at once after a pause of a second. */
  readonly requestsPerSecond: number;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Default: the platform's timer. */
  readonly sleep?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
}

/** A rate that was halved again and again still lets a request through this often, so that recovery is noticed. */
const FLOOR_PER_SECOND = 0.5;
/** Share of the full rate that comes back per second without throttling: from half to full in ten seconds. */
const RECOVERY_PER_SECOND = 0.05;
/** Answers of requests sent together arrive together; they are one event. */
const HALVING_PAUSE_MS = 1000;

interface Waiter {
  readonly sinceMs: number;
  readonly go: (waitedMs: number) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * A token bucket for one account. Requests pass in the order they came. After `throttled()` the bucket is empty and the rate
 * half of what it was, at most once a second; then it rises back in even steps.
 *
 * @throws {RangeError} when `requestsPerSecond` is not above 0.
 */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { requestsPerSecond: fullRate, now = Date.now, sleep = platformSleep } = options;
  if (!(fullRate > 0)) throw new RangeError(`requestsPerSecond must be above 0, not ${fullRate}`);
  const capacity = Math.max(1, fullRate);
  const floorRate = Math.min(FLOOR_PER_SECOND, fullRate);
  const queue: Waiter[] = [];
  let tokens = capacity;
  let rate = fullRate;
  let refilledAtMs = now();
  let halvedAtMs = -Infinity;
  let pumpStop: AbortController | undefined;

  function refill(): void {
    const atMs = now();
    // A clock set back must not take tokens away, nor stop the refill until it has caught up.
    const elapsedSeconds = Math.max(0, atMs - refilledAtMs) / 1000;
    refilledAtMs = atMs;
    tokens = Math.min(capacity, tokens + elapsedSeconds * rate);
    rate = Math.min(fullRate, rate + elapsedSeconds * fullRate * RECOVERY_PER_SECOND);
  }

  function msUntil(tokensWanted: number): number {
    return Math.max(1, Math.ceil(((tokensWanted - tokens) / rate) * 1000));
  }

  async function pump(stop: AbortController): Promise<void> {
    try {
      while (queue.length > 0) {
        refill();
        if (tokens < 1) {
          await sleep(msUntil(1), stop.signal);
          continue;
        }
        tokens -= 1;
        const waiter = queue.shift();
        waiter?.go(Math.max(0, now() - waiter.sinceMs));
      }
    } catch (error) {
      // Stopped because nobody waits any more; a `sleep` that fails by itself fails those who wait for it.
      if (!stop.signal.aborted) for (const waiter of queue.splice(0)) waiter.fail(error);
    } finally {
      if (pumpStop === stop) pumpStop = undefined;
    }
  }

  function enqueue(signal: AbortSignal | undefined): Promise<number> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        queue.splice(queue.indexOf(waiter), 1);
        if (queue.length === 0) pumpStop?.abort();
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        sinceMs: now(),
        go(waitedMs) {
          signal?.removeEventListener("abort", onAbort);
          resolve(waitedMs);
        },
        fail(error) {
          signal?.removeEventListener("abort", onAbort);
          reject(error);
        },
      };
      queue.push(waiter);
      signal?.addEventListener("abort", onAbort, { once: true });
      if (pumpStop === undefined || pumpStop.signal.aborted) {
        pumpStop = new AbortController();
        void pump(pumpStop);
      }
    });
  }

  return {
    async take(signal, beforeWait) {
      signal?.throwIfAborted();
      refill();
      if (queue.length === 0 && tokens >= 1) {
        tokens -= 1;
        return 0;
      }
      const waitMs = msUntil(queue.length + 1);
      const turn = enqueue(signal);
      if (beforeWait === undefined) return turn;
      // In the queue first, or others would pass while a lease is renewed.
      turn.catch(() => undefined);
      await abortable(Promise.resolve(beforeWait(waitMs)), signal);
      return turn;
    },
    throttled() {
      refill();
      tokens = 0;
      if (refilledAtMs - halvedAtMs < HALVING_PAUSE_MS) return;
      halvedAtMs = refilledAtMs;
      rate = Math.max(floorRate, rate / 2);
    },
  };
}
