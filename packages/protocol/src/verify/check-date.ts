import type { VerifyProblem } from "./verdict.ts";

/** The window of both schemes, to either side (vendor pages "V3 request structure and signature", "Signature authentication"). */
export const DEFAULT_MAX_SKEW_MS: number = 15 * 60 * 1000;

/** A date that was looked at. */
export type CheckedDate =
  | { readonly ok: true; readonly dateMs: number }
  | { readonly ok: false; readonly problem: VerifyProblem; readonly detail: string };

/** Holds a request's date, already parsed from `header`, against the verifier's clock. */
export function checkDate(
  header: string,
  dateMs: number | undefined,
  window: { readonly nowMs: number; readonly maxSkewMs?: number | undefined },
): CheckedDate {
  if (dateMs === undefined) {
    return {
      ok: false,
      problem: "malformed_date",
      detail: `The value of ${header} is not a date in the form the scheme asks for.`,
    };
  }
  const { nowMs, maxSkewMs = DEFAULT_MAX_SKEW_MS } = window;
  const offMs = dateMs - nowMs;
  if (Math.abs(offMs) <= maxSkewMs) return { ok: true, dateMs };
  const side = offMs < 0 ? "behind" : "ahead of";
  return {
    ok: false,
    problem: "skewed_date",
    detail: `The value of ${header} is ${Math.round(Math.abs(offMs) / 1000)} s ${side} the clock here; ${maxSkewMs / 1000} s are allowed.`,
  };
}
