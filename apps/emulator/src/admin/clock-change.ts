import { z } from "zod";
import { AdminRefusal } from "./admin-refusal.ts";

const TEN_YEARS_MS = 3650 * 86_400_000;
const milliseconds = z.number().min(-TEN_YEARS_MS).max(TEN_YEARS_MS);
const schema = z.union([z.strictObject({ skewMs: milliseconds }), z.strictObject({ advanceMs: milliseconds })]);

/** Reads `{ "skewMs": n }`, how far the clock is to be ahead, or `{ "advanceMs": n }`, by how much it is moved. */
export function clockChange(value: unknown): { readonly skewMs: number } | { readonly advanceMs: number } {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AdminRefusal(
    400,
    "wrong_body",
    `This sets no clock. Send { "skewMs": n } or { "advanceMs": n }, with milliseconds from -${TEN_YEARS_MS} to ${TEN_YEARS_MS}.`,
  );
}
