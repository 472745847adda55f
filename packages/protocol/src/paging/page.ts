/**
 * An oddity that is tolerated because its meaning is clear, and counted because it should not be there.
 *
 * - `two_quote_token`: the last page carried the documentation's literal `""` (two quote characters) as its token.
 * - `empty_page`: a page without rows announced another page.
 * - `refused_token`: the service refused a token it had given, and the list was read again from its start.
 */
export const QUIRKS = ["two_quote_token", "empty_page", "refused_token"] as const;

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
