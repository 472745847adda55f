import type { RequestRecord } from "./request-record.ts";

/** The last requests in the order of their arrival. */
export interface RequestLog {
  readonly records: readonly RequestRecord[];
  push(record: RequestRecord): void;
  clear(): void;
}

/** A log that forgets its oldest record when it holds `capacity` of them. */
export function createRequestLog(capacity: number): RequestLog {
  let kept: RequestRecord[] = [];
  return {
    get records() {
      return kept.slice(Math.max(0, kept.length - capacity));
    },
    push(record) {
      kept.push(record);
      // Cutting only when twice as long keeps a push cheap at any capacity.
      if (kept.length >= 2 * capacity) kept = kept.slice(kept.length - capacity);
    },
    clear() {
      kept = [];
    },
  };
}
