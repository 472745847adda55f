import { formatRfc1123 } from "@fc-async/protocol/verify";

/**
 * What a refusal says about waiting.
 *
 * - `seconds`: the true wait. `date`: the same as an HTTP date. `milliseconds`: the same in the gateway's `x-acs-retry-after`
 *   (aliyun/darabonba-openapi).
 * - `hour`, `far-date`: an hour, a date ten years ahead. `huge`: 999999999 seconds, as seen in the wild (openclaw/gitcrawl#155).
 * - `negative`, `past-date`, `junk`: nonsense a client must not obey.
 */
export const RETRY_AFTER_FORMS = [
  "seconds",
  "date",
  "milliseconds",
  "hour",
  "far-date",
  "huge",
  "negative",
  "past-date",
  "junk",
] as const;

export type RetryAfter = (typeof RETRY_AFTER_FORMS)[number];

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;
const TEN_YEARS_MS = 3650 * DAY_MS;

/** The header that says so. */
export function retryAfterHeader(form: RetryAfter, waitMs: number, nowMs: number): Readonly<Record<string, string>> {
  const waitSeconds = Math.ceil(waitMs / SECOND_MS);
  const httpDate = (aheadMs: number): string => formatRfc1123(nowMs + aheadMs);
  switch (form) {
    case "seconds":
      return { "Retry-After": String(waitSeconds) };
    case "date":
      // The form knows whole seconds: rounding up keeps it from being too early.
      return { "Retry-After": httpDate((waitSeconds + 1) * SECOND_MS) };
    case "milliseconds":
      return { "x-acs-retry-after": String(Math.ceil(waitMs)) };
    case "hour":
      return { "Retry-After": "3600" };
    case "far-date":
      return { "Retry-After": httpDate(TEN_YEARS_MS) };
    case "huge":
      return { "Retry-After": "999999999" };
    case "negative":
      return { "Retry-After": "-5" };
    case "past-date":
      return { "Retry-After": httpDate(-DAY_MS) };
    default:
      return { "Retry-After": "soon" };
  }
}
