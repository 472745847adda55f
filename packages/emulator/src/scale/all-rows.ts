import type { FunctionRow } from "../account.ts";
import type { GeneratedRows } from "./generated-rows.ts";
import { generatedSlots } from "./generated-slots.ts";

/** Every row that a rule makes, in list order and without churn: what a walk of the region must come to. */
export function* allRows(rows: GeneratedRows): Generator<FunctionRow, void, undefined> {
  const slots = generatedSlots(rows, false);
  for (let slot = 0; slot < slots.count; slot++) yield slots.row(slot);
}
