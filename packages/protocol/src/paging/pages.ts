import { FcLimitError } from "../errors/fc-limit-error.ts";
import { FcPaginationError } from "../errors/fc-pagination-error.ts";
import type { Page } from "./page.ts";

export interface PagesOptions {
  /** Begin at this token instead of at the first page. */
  readonly startingToken?: string | undefined;
  /** Checked before each page; its reason is thrown untouched. */
  readonly signal?: AbortSignal | undefined;
  /** Default 10,000. */
  readonly maxPages?: number | undefined;
  /** Default 1,000,000. */
  readonly maxRows?: number | undefined;
  /** Pages without a row in direct succession, each announcing another one. Default 50. */
  readonly maxEmptyPages?: number | undefined;
}

/**
 * Walks a paged list to its end, one page after the other. Every token of the walk is remembered: botocore and others compare
 * only neighbours and turn for ever in a cycle of two (boto/botocore#3778). An empty page with a token is not the end; it is
 * marked with the quirk `empty_page`.
 *
 * @throws {FcPaginationError} when a token comes a second time, or `maxEmptyPages` is passed.
 * @throws {FcLimitError} when `maxPages` or `maxRows` is passed. Pages yielded before are not a complete list.
 */
export async function* pages<Row>(
  fetchPage: (token: string | undefined) => Promise<Page<Row>>,
  options: PagesOptions = {},
): AsyncGenerator<Page<Row>, void, undefined> {
  const { signal, maxPages = 10_000, maxRows = 1_000_000, maxEmptyPages = 50 } = options;
  const firstPageOfToken = new Map<string, number>();
  let token = options.startingToken === "" ? undefined : options.startingToken;
  let rowCount = 0;
  let emptyPagesInARow = 0;

  for (let pageNumber = 1; ; pageNumber++) {
    signal?.throwIfAborted();
    if (pageNumber > maxPages) {
      throw new FcLimitError(`The list has more than ${maxPages} pages. Raise maxPages when that is expected.`, {
        limit: "maxPages",
        maximum: maxPages,
      });
    }
    if (token !== undefined) firstPageOfToken.set(token, pageNumber);

    const page = await fetchPage(token);
    rowCount += page.rows.length;
    if (rowCount > maxRows) {
      throw new FcLimitError(`The list has more than ${maxRows} rows. Raise maxRows when that is expected.`, {
        limit: "maxRows",
        maximum: maxRows,
      });
    }
    if (page.nextToken === undefined) {
      yield page;
      return;
    }

    const seenOnPage = firstPageOfToken.get(page.nextToken);
    if (seenOnPage !== undefined) {
      const cycleLength = pageNumber + 1 - seenOnPage;
      throw new FcPaginationError(
        `Page ${pageNumber} names the token of page ${seenOnPage} as the next one: a cycle of length ${cycleLength}. ` +
          "The list cannot be completed; read it again.",
        { problem: "repeated_token", cycleLength },
      );
    }
    emptyPagesInARow = page.rows.length === 0 ? emptyPagesInARow + 1 : 0;
    if (emptyPagesInARow > maxEmptyPages) {
      throw new FcPaginationError(
        `More than ${maxEmptyPages} pages in a row came without a row and with a token. Read the list again, or raise maxEmptyPages.`,
        { problem: "empty_pages" },
      );
    }
    yield page.rows.length === 0 ? { ...page, quirks: [...page.quirks, "empty_page"] } : page;
    token = page.nextToken;
  }
}
