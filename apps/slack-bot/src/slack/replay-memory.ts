/** Remembers signatures for as long as they would be accepted. */
export interface ReplayMemory {
  /** Answers whether this signature was seen before, and remembers it. */
  seenBefore(signature: string, nowMs: number): boolean;
}

/** Twice the window of the timestamp, for requests dated ahead, and a second because time is judged in whole ones. */
const REMEMBER_MS = 601_000;

/** Only signatures that were verified belong here: nobody else can fill it. */
export function createReplayMemory(): ReplayMemory {
  // In the order of arrival, so that the oldest are first.
  const seenAtMs = new Map<string, number>();
  return {
    seenBefore(signature, nowMs) {
      for (const [old, atMs] of seenAtMs) {
        if (nowMs - atMs <= REMEMBER_MS) break;
        seenAtMs.delete(old);
      }
      if (seenAtMs.has(signature)) return true;
      seenAtMs.set(signature, nowMs);
      return false;
    },
  };
}
