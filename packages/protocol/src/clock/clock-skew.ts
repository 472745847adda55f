import { parseRfc1123 } from "./rfc1123.ts";

/** A correction beyond a day is not a clock that drifted, and is refused. */
const MAX_SKEW_MS = 24 * 60 * 60 * 1000;

/** What one answer tells about the service's clock. */
export interface ClockSample {
  /** `Date` header of the answer. */
  readonly date: string | null;
  /** `Age` header: when present, a cache answered and `Date` is old. */
  readonly age: string | null;
  /** Our clock, uncorrected, when the request was sent and when the answer was there. */
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
}

/**
 * The service's clock minus ours in milliseconds, taking its `Date` as read in the middle of the exchange; `undefined`
 * when the answer does not allow to tell. Correct to about a second, the resolution of `Date`.
 */
export function clockSkewFrom(sample: ClockSample): number | undefined {
  if (sample.age !== null || sample.date === null) return undefined;
  const serverMs = parseRfc1123(sample.date);
  if (serverMs === undefined) return undefined;
  const skewMs = Math.round(serverMs - (sample.sentAtMs + sample.receivedAtMs) / 2);
  return Math.abs(skewMs) <= MAX_SKEW_MS ? skewMs : undefined;
}
