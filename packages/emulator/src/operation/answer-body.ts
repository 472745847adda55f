import type { FaultAction, TokenFault } from "../faults/fault-rule.ts";
import type { TokenCycles } from "../faults/token-cycles.ts";
import type { RowList } from "../rows/row-list.ts";
import { listPage, type ListPage } from "./list-page.ts";
import type { ListQuery } from "./list-query.ts";
import { pageBody, type TokenSpelling } from "./page-body.ts";
import type { PagePosition, PageTokens } from "./page-token.ts";

/** Makes tokens, right ones and, for a fault, wrong ones. */
export interface TokenSource {
  readonly tokens: PageTokens;
  readonly cycles: TokenCycles;
}

/** The body of a page, with what a `page` or `token` fault makes of it. */
export async function answerBody(
  rows: RowList,
  query: ListQuery,
  position: PagePosition,
  action: FaultAction | undefined,
  source: TokenSource,
): Promise<Uint8Array<ArrayBuffer>> {
  const shape = action?.type === "page" ? action : undefined;
  const page = listPage(rows, position, query.limit, shape);
  const spelling = await tokenSpelling(
    page,
    query,
    position,
    action?.type === "token" ? action.token : undefined,
    source,
  );
  return pageBody(page.rows, spelling);
}

async function tokenSpelling(
  page: ListPage,
  query: ListQuery,
  position: PagePosition,
  fault: TokenFault | undefined,
  { tokens, cycles }: TokenSource,
): Promise<TokenSpelling> {
  const next = position.offset === undefined ? { after: page.lastRow } : { offset: page.nextIndex };
  const behindPage = (): Promise<string> => tokens.issue({ ...position, ...next, page: position.page + 1 });
  switch (fault) {
    case undefined:
      return { token: page.endsList ? "" : await behindPage() };
    case "repeat":
      return { token: query.nextToken ?? (await behindPage()) };
    case "beyond-end":
      return { token: await behindPage() };
    case "absent":
    case "null":
      return fault;
    case "two-quotes":
      return { token: '""' };
    default: {
      const walk = `${position.account}/${position.region}`;
      return { token: await cycles.next(walk, query.nextToken === undefined, fault.cycle, behindPage) };
    }
  }
}
