import { formatSpread, spreadOf } from "../statistics/spread.ts";

/** One line of the report. */
export interface GoalRow {
  /** `P1` and so on. */
  readonly goal: string;
  readonly what: string;
  readonly measured: string;
  /** Empty for a figure that is shown for comparison only. */
  readonly required: string;
  readonly verdict: "met" | "NOT met" | "not measured" | "";
}

interface RowSubject {
  readonly goal: string;
  readonly what: string;
}

/** Held against its median. */
export function ratioRow(
  subject: RowSubject,
  ratios: readonly number[],
  required: { readonly atMost: number } | { readonly atLeast: number },
): GoalRow {
  const spread = spreadOf(ratios);
  const isMet = "atMost" in required ? spread.median <= required.atMost : spread.median >= required.atLeast;
  return {
    ...subject,
    measured: formatSpread(spread),
    required: "atMost" in required ? `≤ ${required.atMost}` : `≥ ${required.atLeast}`,
    verdict: isMet ? "met" : "NOT met",
  };
}

/** A ratio of others, for comparison. */
export function comparisonRow(subject: RowSubject, ratios: readonly number[]): GoalRow {
  return { ...subject, measured: formatSpread(spreadOf(ratios)), required: "", verdict: "" };
}

/** A figure with a unit, held against its median. */
export function figureRow(
  subject: RowSubject,
  values: readonly number[],
  { unit, atMost }: { readonly unit: string; readonly atMost?: number | undefined },
): GoalRow {
  const spread = spreadOf(values);
  const measured = `${formatSpread(spread)} ${unit}`;
  if (atMost === undefined) return countRow(subject, measured);
  return countRow(subject, measured, { text: `≤ ${atMost} ${unit}`, isMet: spread.median <= atMost });
}

/** Something counted or weighed, which has no spread. */
export function countRow(
  subject: RowSubject,
  measured: string,
  required?: { readonly text: string; readonly isMet: boolean },
): GoalRow {
  if (required === undefined) return { ...subject, measured, required: "", verdict: "" };
  return { ...subject, measured, required: required.text, verdict: required.isMet ? "met" : "NOT met" };
}

/** What this machine lacks a program for. */
export function unmeasuredRow(subject: RowSubject, missing: string): GoalRow {
  return { ...subject, measured: `${missing} is missing`, required: "", verdict: "not measured" };
}
