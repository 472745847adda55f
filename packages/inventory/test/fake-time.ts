/** Time that passes only when it is told to; sleepers wake in the order of their deadlines. */
export interface FakeTime {
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly yieldToLoop: () => Promise<void>;
  /** Lets `ms` pass, waking sleepers on the way, and lets everything settle. */
  advance(ms: number): Promise<void>;
  settle(): Promise<void>;
}

interface Sleeper {
  readonly untilMs: number;
  readonly wake: () => void;
}

export function fakeTime(startMs = Date.UTC(2026, 10, 23, 9, 0, 0)): FakeTime {
  let nowMs = startMs;
  const sleepers = new Set<Sleeper>();
  /** Work in memory needs turns of the loop, not time. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = {
          untilMs: nowMs + ms,
          wake: () => {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
        const onAbort = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        if (signal?.aborted === true) onAbort();
        else signal?.addEventListener("abort", onAbort, { once: true });
      }),
    yieldToLoop: async () => undefined,
    settle,
    async advance(ms) {
      const endMs = nowMs + ms;
      await settle();
      for (;;) {
        const [next] = [...sleepers]
          .filter(({ untilMs }) => untilMs <= endMs)
          .toSorted((a, b) => a.untilMs - b.untilMs);
        if (next === undefined) break;
        nowMs = Math.max(nowMs, next.untilMs);
        next.wake();
        await settle();
      }
      nowMs = endMs;
    },
  };
}
