import type { FunctionRow } from "../account.ts";
import type { RowList } from "../rows/row-list.ts";
import type { RowSlice } from "../rows/row-slice.ts";
import type { PagePosition } from "./page-token.ts";

/** What a fault may do to a page; without it the page is what was asked for. */
export interface PageShape {
  /** Rows on this page, whatever `limit` says. */
  readonly rows?: number | undefined;
  /** How many of the rows before the page it repeats. */
  readonly overlap?: number | undefined;
  /** How a page without rows that is not the last shows them. Default `array`. */
  readonly emptyAs?: "array" | "null" | undefined;
}

/** One page of the list, before it becomes an answer. */
export interface ListPage {
  /** `undefined` for `data: null`, which an empty page at the end of a list has. */
  readonly rows: RowSlice | undefined;
  readonly endsList: boolean;
  /** The row behind which the next page starts. */
  readonly lastRow: FunctionRow | undefined;
  /** The index at which it starts, for a service that counts instead. */
  readonly nextIndex: number;
}

/** Where a page starts: behind a row, or at an index. */
export type PageStart = Pick<PagePosition, "after" | "offset">;

/** How many rows there are from a position to the end of the list. */
export function rowsLeft(rows: RowList, from: PageStart): number {
  return rows.size - startIndex(rows, from);
}

/**
 * The rows from a position on, in byte order of service, function and qualifier. An empty list is `null` and not an array: the
 * vendor's integration tests expect that of both sibling operations.
 */
export function listPage(rows: RowList, position: PageStart, limit: number, shape: PageShape = {}): ListPage {
  const start = startIndex(rows, position);
  const from = Math.max(0, start - (shape.overlap ?? 0));
  const to = Math.max(start, from + (shape.rows ?? limit));
  const slice = rows.slice(from, to);
  const atEnd = to >= rows.size;
  const isNull = slice.count === 0 && (atEnd || shape.emptyAs === "null");
  return {
    rows: isNull ? undefined : slice,
    endsList: atEnd,
    lastRow: slice.last ?? position.after,
    nextIndex: to,
  };
}

function startIndex(rows: RowList, { after, offset }: PageStart): number {
  return offset === undefined ? rows.indexAfter(after) : Math.min(offset, rows.size);
}
