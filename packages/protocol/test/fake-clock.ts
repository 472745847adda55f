/** A clock that moves only when somebody sleeps, or is told to. */
export interface FakeClock {
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Every sleep so far, in milliseconds. */
  readonly slept: readonly number[];
  advance(ms: number): void;
}

export function fakeClock(startMs: number = Date.UTC(2026, 10, 23, 8, 56, 27)): FakeClock {
  let nowMs = startMs;
  const slept: number[] = [];
  return {
    slept,
    now: () => nowMs,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      nowMs += ms;
    },
    advance(ms) {
      nowMs += ms;
    },
  };
}
