import type { FunctionRow } from "../account.ts";
import { createBoundedMemory } from "../memory/bounded-memory.ts";
import type { RowList } from "./row-list.ts";
import { compareRows } from "./row-order.ts";
import { rowSlice, type RowSlice } from "./row-slice.ts";

/** The rows of one account and region, for a test to change between two pages. */
export interface Rows {
  /** Every row, in the order the operation lists them. */
  all(): readonly FunctionRow[];
  /** Inserts rows; one that is there already is left as it is. */
  add(...rows: readonly FunctionRow[]): void;
  /** Deletes rows; one that is not there is skipped. */
  remove(...rows: readonly FunctionRow[]): void;
}

/** Rows kept sorted and distinct. */
export interface RowSet extends Rows, RowList {
  /** Another number after each change. */
  readonly revision: number;
  /** Goes back to the rows it was made with. */
  restore(): void;
}

/** Pages whose bytes are kept: the same few are asked for again and again. */
const MAX_SLICES = 1024;

export function createRowSet(initialRows: readonly FunctionRow[]): RowSet {
  const initial = merged([], initialRows.map(copied));
  let sorted = initial;
  let revision = 0;
  const slices = createBoundedMemory<string, RowSlice>(MAX_SLICES);
  const become = (changed: readonly FunctionRow[]): void => {
    sorted = changed;
    revision += 1;
    slices.clear();
  };
  return {
    get revision() {
      return revision;
    },
    get size() {
      return sorted.length;
    },
    all: () => sorted,
    add(...rows) {
      become(merged(sorted, rows.map(copied)));
    },
    remove(...rows) {
      const gone = merged([], rows);
      become(sorted.filter((row) => !holds(gone, row)));
    },
    indexAfter: (cursor) => (cursor === undefined ? 0 : firstAfter(sorted, cursor)),
    slice(from, to) {
      return slices.get(`${from}-${to}`, () => rowSlice(sorted.slice(from, to)));
    },
    restore() {
      become(initial);
    },
  };
}

/** A new array, never a change in place: `restore` keeps the first one. */
function merged(rows: readonly FunctionRow[], more: readonly FunctionRow[]): readonly FunctionRow[] {
  const sorted = [...rows, ...more].toSorted(compareRows);
  return sorted.filter((row, index) => {
    const before = sorted[index - 1];
    return before === undefined || compareRows(before, row) !== 0;
  });
}

/** What a caller does to its own object afterwards must not disturb the order. */
function copied({ serviceName, functionName, qualifier }: FunctionRow): FunctionRow {
  return { serviceName, functionName, qualifier };
}

function holds(rows: readonly FunctionRow[], row: FunctionRow): boolean {
  const before = rows[firstAfter(rows, row) - 1];
  return before !== undefined && compareRows(before, row) === 0;
}

function firstAfter(rows: readonly FunctionRow[], cursor: FunctionRow): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && compareRows(row, cursor) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
