import type { FunctionRow } from "../account.ts";
import { compareRows } from "../rows/row-order.ts";
import type { SlotList } from "./slot-list.ts";

/** One spare function for so many rows. */
const ROWS_PER_SPARE = 4;

/** The slots of a list that was given: its rows, and beside every fourth a second function for churn to add. */
export function listedSlots(rows: readonly FunctionRow[]): SlotList {
  const taken = new Set(rows.map(keyOf));
  const spares = rows
    .filter((_, index) => index % ROWS_PER_SPARE === 0)
    .map(({ serviceName, functionName }) => ({ serviceName, functionName: `${functionName}-v2`, qualifier: "LATEST" }))
    .filter((row) => !taken.has(keyOf(row)));
  const spareKeys = new Set(spares.map(keyOf));
  const slots = [...rows, ...spares].toSorted(compareRows);
  const regularBefore = [0];
  for (const row of slots) regularBefore.push((regularBefore.at(-1) ?? 0) + (spareKeys.has(keyOf(row)) ? 0 : 1));
  const row = (slot: number): FunctionRow => {
    const found = slots[slot];
    if (found === undefined) throw new RangeError(`there is no slot ${slot} of ${slots.length}`);
    return found;
  };
  return {
    count: slots.length,
    row,
    isSpare: (slot) => spareKeys.has(keyOf(row(slot))),
    regularBefore: (slot) => regularBefore[slot] ?? 0,
  };
}

function keyOf({ serviceName, functionName, qualifier }: FunctionRow): string {
  return JSON.stringify([serviceName, functionName, qualifier]);
}
