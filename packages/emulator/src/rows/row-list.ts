import type { FunctionRow } from "../account.ts";
import type { RowSlice } from "./row-slice.ts";

/** Rows in the order the operation lists them, so that a page is one search and one slice. */
export interface RowList {
  readonly size: number;
  /** Index of the first row behind `cursor`, which itself may be gone; 0 without a cursor. */
  indexAfter(cursor: FunctionRow | undefined): number;
  slice(from: number, to: number): RowSlice;
}
