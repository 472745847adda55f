import type { FunctionRow } from "../account.ts";
import { compareRows } from "../rows/row-order.ts";

/**
 * Places for rows, in list order. A regular one has its row unless churn takes it away; a spare one has it only while churn
 * puts it there.
 */
export interface SlotList {
  readonly count: number;
  row(slot: number): FunctionRow;
  isSpare(slot: number): boolean;
  /** How many of the slots before `slot` are regular. */
  regularBefore(slot: number): number;
}

/** The first slot whose row stands behind `cursor`. */
export function firstSlotAfter(slots: SlotList, cursor: FunctionRow): number {
  return firstSlotWhere(slots.count, (slot) => compareRows(slots.row(slot), cursor) > 0);
}

/** The first of `count` slots for which `holds` is true; it must be so for all behind it. */
export function firstSlotWhere(count: number, holds: (slot: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
