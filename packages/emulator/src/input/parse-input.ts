import type { z } from "zod";
import { EmulatorInputError, type InputProblem } from "./input-error.ts";
import { issueMessage } from "./issue-message.ts";

/**
 * Reads a value by its schema.
 *
 * @param what - what the value is, for the first line of the error
 * @throws {EmulatorInputError} with every problem at once.
 */
export function parseInput<T>(what: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value, { error: issueMessage });
  if (parsed.success) return parsed.data;
  throw new EmulatorInputError(what, parsed.error.issues.flatMap(problemsIn));
}

function problemsIn(issue: z.core.$ZodIssue): InputProblem[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...path, key], message: issue.message }));
  }
  // A key that breaks its own rule: the rule says more than "invalid key".
  if (issue.code === "invalid_key") return issue.issues.map(({ message }) => ({ path, message }));
  if (issue.code === "invalid_union") {
    // Of several shapes the one that is meant is the one whose own kind fits.
    const meant = issue.errors.find((problems) => problems.every(({ path: inner }) => inner.length > 0));
    if (meant !== undefined) {
      return meant.flatMap(problemsIn).map(({ path: inner, message }) => ({ path: [...path, ...inner], message }));
    }
  }
  return [{ path, message: issue.message }];
}
