import type { FunctionRow } from "../account.ts";

/** A run of rows in list order, with what the answer needs of them. */
export interface RowSlice {
  readonly count: number;
  readonly last: FunctionRow | undefined;
  /** The rows as JSON objects joined by commas, in UTF-8. */
  readonly json: Uint8Array<ArrayBuffer>;
}

const utf8 = new TextEncoder();

export function rowSlice(rows: readonly FunctionRow[]): RowSlice {
  return {
    count: rows.length,
    last: rows.at(-1),
    json: utf8.encode(rows.map((row) => JSON.stringify(row)).join(",")),
  };
}
