import type { ListQuery } from "./list-query.ts";
import type { PagePosition, PageTokens } from "./page-token.ts";

/** Where the page that is asked for starts; `undefined` when its token was not issued for this account and region. */
export async function startPosition(
  { nextToken }: ListQuery,
  account: string,
  region: string,
  tokens: PageTokens,
): Promise<PagePosition | undefined> {
  if (nextToken === undefined) return { account, region, page: 1, after: undefined };
  const position = await tokens.read(nextToken);
  return position?.account === account && position.region === region ? position : undefined;
}
