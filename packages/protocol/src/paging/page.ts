/**
 * An oddity that is tolerated because its meaning is clear, and counted because it should not be there.
 *
 * - `two_quote_token`: the last page carried the documentation's literal `""` (two quote characters) as its token.
 * - `empty_page`: a page without rows announced another page.
 */
export const QUIRKS = ["two_quote_token", "empty_page"] as const;

export type Quirk = (typeof QUIRKS)[number];

/** One answer of a paged list operation, already checked. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Token of the next page; `undefined` at the end of the list. */
  readonly nextToken: string | undefined;
  readonly quirks: readonly Quirk[];
  /** `X-Fc-Request-Id` of the answer, when there was one. */
  readonly requestId: string | undefined;
}
