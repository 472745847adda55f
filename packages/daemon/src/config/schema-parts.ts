import * as z from "zod";
import { BYTE_SIZE_PATTERN, formatByteSize, parseByteSize } from "./byte-size.ts";
import { DURATION_PATTERN, formatDuration, parseDurationMs } from "./duration.ts";

/**
 * The message of a schema: what belongs there. It never holds the value that stood there instead, which may be a secret in the
 * wrong place; line and column show it.
 */
export function expected(form: string): { readonly error: (issue: { readonly input?: unknown }) => string } {
  return { error: ({ input }) => (input === undefined ? `missing; expected ${form}` : `expected ${form}`) };
}

/** A mapping that takes no other keys. */
export function mapping<const Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    // Unknown keys keep zod's own issue: the reader of the file adds a suggestion to it.
    error: (issue) =>
      issue.code === "invalid_type" ? `expected the keys ${Object.keys(shape).join(", ")}` : undefined,
  });
}

/** A text of a certain form. */
export function text(form: string, pattern: RegExp): z.ZodString {
  return z.string(expected(form)).regex(pattern, expected(form));
}

/** `60s` → milliseconds. */
export function duration(options: { readonly minMs: number; readonly maxMs: number }): z.ZodType<number, string> {
  const { minMs, maxMs } = options;
  const form = `a duration from ${formatDuration(minMs)} to ${formatDuration(maxMs)} with its unit (ms, s, m, h, d), such as 60s`;
  return z
    .string(expected(form))
    .regex(DURATION_PATTERN, expected(form))
    .transform((value) => parseDurationMs(value) ?? Number.NaN)
    .refine((durationMs) => durationMs >= minMs && durationMs <= maxMs, expected(form));
}

/** `4MiB` → bytes. */
export function byteSize(options: { readonly minBytes: number; readonly maxBytes: number }): z.ZodType<number, string> {
  const { minBytes, maxBytes } = options;
  const form = `a size from ${formatByteSize(minBytes)} to ${formatByteSize(maxBytes)} with its unit (B, KiB, MiB, GiB), such as 4MiB`;
  return z
    .string(expected(form))
    .regex(BYTE_SIZE_PATTERN, expected(form))
    .transform((value) => parseByteSize(value) ?? Number.NaN)
    .refine((bytes) => bytes >= minBytes && bytes <= maxBytes, expected(form));
}

/** A whole number; also its text, because `${NAME}` always gives texts. */
export function integer(minimum: number, maximum: number): z.ZodType<number> {
  const form = expected(`a whole number from ${minimum} to ${maximum}`);
  return z.preprocess(numberOfText, z.int(form).min(minimum, form).max(maximum, form));
}

/** A number above 0; also its text. */
export function positiveNumber(maximum: number): z.ZodType<number> {
  const form = expected(`a number above 0, at most ${maximum}`);
  return z.preprocess(numberOfText, z.number(form).positive(form).max(maximum, form));
}

function numberOfText(value: unknown): unknown {
  return typeof value === "string" && /^\d{1,15}(\.\d{1,6})?$/.test(value) ? Number(value) : value;
}
