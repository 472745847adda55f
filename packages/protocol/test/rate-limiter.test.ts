import { createRateLimiter } from "@fc-async/protocol";
import { describe, expect, test } from "vitest";
import { fakeClock } from "./fake-clock.ts";

describe("the rate limiter", () => {
  test("lets a second's worth pass at once, then one per interval", async () => {
    const clock = fakeClock();
    const limiter = createRateLimiter({ requestsPerSecond: 10, ...clock });
    for (let count = 0; count < 10; count++) expect(await limiter.take(undefined)).toBe(0);
    expect(await limiter.take(undefined)).toBe(100);
    expect(await limiter.take(undefined)).toBe(100);
  });

  test("never lets more than a burst and the rate pass", async () => {
    const clock = fakeClock();
    const limiter = createRateLimiter({ requestsPerSecond: 4, ...clock });
    const startMs = clock.now();
    for (let count = 0; count < 44; count++) await limiter.take(undefined);
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(10_000);
    expect(clock.now() - startMs).toBeLessThan(10_100);
  });

  test("serves in the order of asking", async () => {
    const clock = fakeClock();
    const limiter = createRateLimiter({ requestsPerSecond: 1, ...clock });
    const order: number[] = [];
    await Promise.all(
      [0, 1, 2, 3].map(async (who) => {
        await limiter.take(undefined);
        order.push(who);
      }),
    );
    expect(order).toEqual([0, 1, 2, 3]);
  });

  test("halves its rate when throttled, once for answers that come together, and recovers step by step", async () => {
    const clock = fakeClock();
    const limiter = createRateLimiter({ requestsPerSecond: 10, ...clock });
    limiter.throttled();
    limiter.throttled();
    limiter.throttled();
    const first = await limiter.take(undefined);
    expect(first).toBeGreaterThanOrEqual(190);
    expect(first).toBeLessThanOrEqual(200);
    clock.advance(60_000);
    for (let count = 0; count < 10; count++) expect(await limiter.take(undefined)).toBe(0);
    expect(await limiter.take(undefined)).toBe(100);
  });

  test("throttled again and again it still lets a request through every two seconds", async () => {
    const clock = fakeClock();
    const limiter = createRateLimiter({ requestsPerSecond: 10, ...clock });
    for (let count = 0; count < 20; count++) {
      clock.advance(1000);
      limiter.throttled();
    }
    expect(await limiter.take(undefined)).toBeLessThanOrEqual(2000);
  });

  test("throttles one account and no other", async () => {
    const clock = fakeClock();
    const throttled = createRateLimiter({ requestsPerSecond: 10, ...clock });
    const other = createRateLimiter({ requestsPerSecond: 10, ...clock });
    throttled.throttled();
    expect(await other.take(undefined)).toBe(0);
    expect(await throttled.take(undefined)).toBeGreaterThan(0);
  });

  test("an abort rejects with its reason, and the next in line takes the turn", async () => {
    const clock = fakeClock();
    let wake: (() => void) | undefined;
    const limiter = createRateLimiter({
      requestsPerSecond: 1,
      now: clock.now,
      sleep: (ms) =>
        new Promise((resolve) => {
          wake = () => {
            clock.advance(ms);
            resolve();
          };
        }),
    });
    await limiter.take(undefined);
    const controller = new AbortController();
    const impatient = limiter.take(controller.signal);
    const patient = limiter.take(undefined);
    const reason = new Error("no longer");
    controller.abort(reason);
    await expect(impatient).rejects.toBe(reason);
    wake?.();
    expect(await patient).toBe(1000);
  });

  test("an abort that came before takes nothing", async () => {
    const limiter = createRateLimiter({ requestsPerSecond: 1, ...fakeClock() });
    await expect(limiter.take(AbortSignal.abort("gone"))).rejects.toBe("gone");
    expect(await limiter.take(undefined)).toBe(0);
  });

  test("works on after the last one waiting went away", async () => {
    const clock = fakeClock();
    const limiter = createRateLimiter({
      requestsPerSecond: 1,
      now: clock.now,
      sleep: (_ms, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason));
        }),
    });
    await limiter.take(undefined);
    const controller = new AbortController();
    const waiting = limiter.take(controller.signal);
    controller.abort("gone");
    await expect(waiting).rejects.toBe("gone");
    clock.advance(1000);
    expect(await limiter.take(undefined)).toBe(0);
  });

  test("tells beforehand how long a wait is", async () => {
    const limiter = createRateLimiter({ requestsPerSecond: 2, ...fakeClock() });
    const told: number[] = [];
    for (let count = 0; count < 3; count++) await limiter.take(undefined, (waitMs) => void told.push(waitMs));
    expect(told).toEqual([500]);
  });

  test("a clock set back takes nothing away and stops nothing", async () => {
    const clock = fakeClock();
    const limiter = createRateLimiter({ requestsPerSecond: 1, ...clock });
    await limiter.take(undefined);
    clock.advance(-3_600_000);
    expect(await limiter.take(undefined)).toBe(1000);
  });

  test.each([0, -1, Number.NaN])("refuses %d requests per second", (requestsPerSecond) => {
    expect(() => createRateLimiter({ requestsPerSecond })).toThrow(RangeError);
  });
});
