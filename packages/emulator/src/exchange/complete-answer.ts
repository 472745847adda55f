import { formatRfc1123 } from "@fc-async/protocol/verify";
import type { WireAnswer } from "./wire-answer.ts";

const utf8 = new TextEncoder();

/** What every answer carries beside its body. */
export interface Stamp {
  readonly requestId: string;
  /** Milliseconds since the epoch, read when the answer is made. */
  readonly now: () => number;
}

type Headers = readonly (readonly [name: string, value: string])[];

/**
 * Completes an answer with the documented common headers: `X-Fc-Request-Id`, `Date`, `Content-Type`, `Content-Length`. Headers
 * given in `overrides` replace those of the same name.
 *
 * Source: vendor page "Common parameters" of FC 2.0.
 */
export function completeAnswer(
  status: number,
  body: string | Uint8Array<ArrayBuffer>,
  { requestId, now }: Stamp,
  overrides: Readonly<Record<string, string>> = {},
): WireAnswer {
  const bytes = typeof body === "string" ? utf8.encode(body) : body;
  const headers: Headers = [
    ["X-Fc-Request-Id", requestId],
    ["Date", formatRfc1123(now())],
    ["Content-Type", "application/json"],
    ["Content-Length", String(bytes.length)],
  ];
  return { type: "answer", status, headers: withHeaders(headers, overrides), body: bytes };
}

/** Headers with some replaced, compared without regard to case, or added. */
export function withHeaders(headers: Headers, overrides: Readonly<Record<string, string>>): Headers {
  const added = Object.entries(overrides);
  if (added.length === 0) return headers;
  const replaced = new Set(added.map(([name]) => name.toLowerCase()));
  return [...headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...added];
}
