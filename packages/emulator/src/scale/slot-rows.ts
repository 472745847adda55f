import type { FunctionRow } from "../account.ts";
import type { RowList } from "../rows/row-list.ts";
import { rowSlice } from "../rows/row-slice.ts";
import { firstSlotAfter, firstSlotWhere, type SlotList } from "./slot-list.ts";

/**
 * The rows of slots, some of which are not as they were. Counts are kept for those few alone, so that any page of a million
 * rows is found by bisection.
 *
 * @param changed - slots in order: a regular one is without its row, a spare one has it
 */
export function slotRows(slots: SlotList, changed: readonly number[]): RowList {
  const changedSlots = new Set(changed);
  // gained[n] is how many rows more than the regular ones stand before the n-th changed slot.
  const gained = [0];
  for (const slot of changed) gained.push((gained.at(-1) ?? 0) + (slots.isSpare(slot) ? 1 : -1));

  const rowsBefore = (slot: number): number => {
    const changes = firstSlotWhere(changed.length, (index) => (changed[index] ?? 0) >= slot);
    return slots.regularBefore(slot) + (gained[changes] ?? 0);
  };
  const hasRow = (slot: number): boolean => slots.isSpare(slot) === changedSlots.has(slot);
  const size = rowsBefore(slots.count);

  return {
    size,
    indexAfter: (cursor) => (cursor === undefined ? 0 : rowsBefore(firstSlotAfter(slots, cursor))),
    slice(from, to) {
      const rows: FunctionRow[] = [];
      const end = Math.min(to, size);
      let slot = firstSlotWhere(slots.count, (candidate) => rowsBefore(candidate + 1) > from);
      for (let index = from; index < end; slot++) {
        if (!hasRow(slot)) continue;
        rows.push(slots.row(slot));
        index += 1;
      }
      return rowSlice(rows);
    },
  };
}
