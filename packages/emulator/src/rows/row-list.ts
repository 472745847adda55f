import type { FunctionRow } from "../account.ts";

/** A run of rows in list order, with what the answer needs of them. */
export interface RowSlice {
  readonly count: number;
  readonly last: FunctionRow | undefined;
  /** The rows as JSON objects joined by commas. */
  readonly json: string;
}

/** Rows in the order the operation lists them, so that a page is one search and one slice. */
export interface RowList {
  readonly size: number;
  /** Index of the first row behind `cursor`, which itself may be gone; 0 without a cursor. */
  indexAfter(cursor: FunctionRow | undefined): number;
  slice(from: number, to: number): RowSlice;
}
