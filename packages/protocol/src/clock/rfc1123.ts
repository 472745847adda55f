import { oncePerSecond } from "./once-per-second.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const IMF_FIXDATE = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;

/** An instant as an HTTP date, `Mon, 23 Nov 2026 08:56:27 GMT` (RFC 9110 section 5.6.7, IMF-fixdate). */
export const formatRfc1123: (epochMs: number) => string = oncePerSecond((epochMs) => new Date(epochMs).toUTCString());

/**
 * Reads the value of `Date` or `X-Fc-Date` under the `FC` scheme: an HTTP date, or one in the form that the operation's page
 * names, `EEE,d MMM yyyy HH:mm:ss GMT`, without a space behind the comma and with a day of one digit.
 */
export function parseFcDate(text: string): number | undefined {
  const [, weekday, day, rest] = /^([A-Z][a-z]{2}),(\d{1,2})( .*)$/.exec(text) ?? [];
  return parseRfc1123(day === undefined ? text : `${weekday}, ${day.padStart(2, "0")}${rest}`);
}

/**
 * Reads an HTTP date into milliseconds since the epoch. Strict: `undefined` for the obsolete formats, for an instant that
 * does not exist and for a weekday that is not the date's.
 */
export function parseRfc1123(text: string): number | undefined {
  const parts = IMF_FIXDATE.exec(text);
  if (parts === null) return undefined;
  const [, date, month, year, hour, minute, second] = parts;
  const monthIndex = MONTHS.findIndex((name) => name === month);
  const epochMs = Date.UTC(Number(year), monthIndex, Number(date), Number(hour), Number(minute), Number(second));
  // Date.UTC rolls 30 February over to March; writing the date again tells.
  return formatRfc1123(epochMs) === text ? epochMs : undefined;
}
