/** The clock that dates, keys and tokens are held against, and that `Date` shows: the real one, set forward or back. */
export interface EmulatorClock {
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** How far it is ahead of the real one; negative when behind. */
  readonly skewMs: number;
  /** Sets how far it is ahead. */
  skew(skewMs: number): void;
  /** Moves it by so much, on top of what it is ahead. */
  advance(byMs: number): void;
}

/** A clock over `now`, at first `skewMs` ahead of it. */
export function createEmulatorClock(now: () => number, skewMs: number): EmulatorClock {
  let ahead = skewMs;
  return {
    get nowMs() {
      return now() + ahead;
    },
    get skewMs() {
      return ahead;
    },
    skew(ms) {
      ahead = ms;
    },
    advance(byMs) {
      ahead += byMs;
    },
  };
}
