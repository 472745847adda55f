import type { z } from "zod";

const KIND: Readonly<Record<string, string>> = {
  int: "an integer",
  number: "a number",
  string: "a string",
  object: "an object",
  record: "an object",
  array: "a list",
};

/** What is wrong with a value, as a sentence about it; `undefined` leaves the words to the schema. */
export function issueMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type": {
      const expected = `must be ${KIND[issue.expected] ?? issue.expected}`;
      return issue.input === undefined ? `is missing: ${expected}` : expected;
    }
    case "invalid_value":
      return `must be ${oneOf(issue.values)}`;
    case "invalid_union":
      return Array.isArray(issue.options) ? `must be ${oneOf(issue.options)}` : undefined;
    case "too_small":
      if (issue.origin === "array") return `must hold ${issue.minimum} or more`;
      return `must be ${issue.inclusive === true ? "at least" : "more than"} ${issue.minimum}`;
    case "too_big":
      return `must be ${issue.inclusive === true ? "at most" : "less than"} ${issue.maximum}`;
    default:
      return undefined;
  }
}

function oneOf(values: readonly unknown[]): string {
  const words = values.map((value) => JSON.stringify(value));
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}
