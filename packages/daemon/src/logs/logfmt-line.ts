import { escapeLine } from "./escape-line.ts";
import type { PlainValue } from "./plain-fields.ts";

/** Whatever is not a bare word in logfmt: nothing at all, white space, quotes, signs with a meaning, control characters. */
const NEEDS_QUOTES = /^$|[\s"=\\\p{C}]/u;

/** `time=… level=INFO msg="poll failed" reason=auth`, in the order of the entries, without a line end. */
export function logfmtLine(entries: Iterable<readonly [string, PlainValue]>): string {
  return Array.from(entries, ([name, value]) => `${name}=${logfmtValue(value)}`).join(" ");
}

function logfmtValue(value: PlainValue): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return NEEDS_QUOTES.test(text) ? escapeLine(JSON.stringify(text)) : text;
}
