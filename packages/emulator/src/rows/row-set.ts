import type { FunctionRow } from "../account.ts";
import type { RowList } from "./row-list.ts";
import { compareRows } from "./row-order.ts";

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

interface Entry {
  readonly row: FunctionRow;
  /** Made on first use: a set of a million rows costs nothing until it is read. */
  json?: string;
}

export function createRowSet(initialRows: readonly FunctionRow[]): RowSet {
  const initial = merged([], initialRows);
  let entries = initial;
  let revision = 0;
  const become = (changed: readonly Entry[]): void => {
    entries = changed;
    revision += 1;
  };
  return {
    get revision() {
      return revision;
    },
    get size() {
      return entries.length;
    },
    all: () => entries.map(({ row }) => row),
    add(...rows) {
      become(merged(entries, rows));
    },
    remove(...rows) {
      const gone = merged([], rows);
      become(entries.filter(({ row }) => !holds(gone, row)));
    },
    indexAfter: (cursor) => (cursor === undefined ? 0 : firstAfter(entries, cursor)),
    slice(from, to) {
      const part = entries.slice(from, to);
      return { count: part.length, last: part.at(-1)?.row, json: part.map(jsonOf).join(",") };
    },
    restore() {
      become(initial);
    },
  };
}

/** A new array, never a change in place: `restore` keeps the first one. */
function merged(entries: readonly Entry[], rows: readonly FunctionRow[]): readonly Entry[] {
  const sorted = [...entries, ...rows.map(entryOf)].toSorted((a, b) => compareRows(a.row, b.row));
  return sorted.filter((entry, index) => {
    const before = sorted[index - 1];
    return before === undefined || compareRows(before.row, entry.row) !== 0;
  });
}

/** A copy: what a caller does to its own object afterwards must not disturb the order. */
function entryOf({ serviceName, functionName, qualifier }: FunctionRow): Entry {
  return { row: { serviceName, functionName, qualifier } };
}

function jsonOf(entry: Entry): string {
  entry.json ??= JSON.stringify(entry.row);
  return entry.json;
}

function holds(entries: readonly Entry[], row: FunctionRow): boolean {
  const before = entries[firstAfter(entries, row) - 1];
  return before !== undefined && compareRows(before.row, row) === 0;
}

function firstAfter(entries: readonly Entry[], cursor: FunctionRow): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry !== undefined && compareRows(entry.row, cursor) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
