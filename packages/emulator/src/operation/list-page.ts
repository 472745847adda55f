import type { FunctionRow } from "../account.ts";
import type { RowSet } from "../rows/row-set.ts";

/** What a fault may do to a page; without it the page is what was asked for. */
export interface PageShape {
  /** Rows on this page, whatever `limit` says. */
  readonly rows?: number | undefined;
  /** How many of the rows before the page it repeats. */
  readonly overlap?: number | undefined;
}

/** One page of the list, before it becomes an answer. */
export interface ListPage {
  /** The rows as a JSON value: an array, or `null` at the end of a list when none is left. */
  readonly dataJson: string;
  readonly endsList: boolean;
  /** The row behind which the next page starts. */
  readonly lastRow: FunctionRow | undefined;
}

/** Whether a page of `limit` rows behind `after` is the last. */
export function endsList(rows: RowSet, after: FunctionRow | undefined, limit: number): boolean {
  return rows.indexAfter(after) + limit >= rows.size;
}

/**
 * The rows behind `after`, in byte order of service, function and qualifier. An empty list is `null` and not an array: the
 * vendor's integration tests expect that of both sibling operations.
 */
export function listPage(rows: RowSet, after: FunctionRow | undefined, limit: number, shape: PageShape = {}): ListPage {
  const start = rows.indexAfter(after);
  const from = Math.max(0, start - (shape.overlap ?? 0));
  const to = Math.max(start, from + (shape.rows ?? limit));
  const slice = rows.slice(from, to);
  const lastRow = slice.last ?? after;
  const atEnd = to >= rows.size;
  return { dataJson: slice.count === 0 && atEnd ? "null" : `[${slice.json}]`, endsList: atEnd, lastRow };
}
