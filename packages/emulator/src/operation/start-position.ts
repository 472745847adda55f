import type { ListQuery } from "./list-query.ts";
import type { PagePosition, PageTokens } from "./page-token.ts";

/** What a position depends on beside the token. */
export interface WalkPlace {
  readonly account: string;
  readonly region: string;
  readonly nowMs: number;
  /** Pages start at an index instead of behind a row. */
  readonly byOffset: boolean;
  /** How long a token is good, in milliseconds; `undefined` for ever. */
  readonly tokenTtlMs: number | undefined;
}

/** Where the page that is asked for starts, or one sentence about what is wrong with its token. */
export async function startPosition(
  { nextToken }: ListQuery,
  { account, region, nowMs, byOffset, tokenTtlMs }: WalkPlace,
  tokens: PageTokens,
): Promise<PagePosition | string> {
  const issuedAtMs = tokenTtlMs === undefined ? 0 : nowMs;
  const head = { account, region, issuedAtMs };
  if (nextToken === undefined) return { ...head, page: 1, after: undefined, ...(byOffset ? { offset: 0 } : {}) };
  const position = await tokens.read(nextToken);
  if (position?.account !== account || position.region !== region) {
    return `nextToken is not one that was issued for account ${account} in region ${region}`;
  }
  const ageMs = nowMs - position.issuedAtMs;
  if (tokenTtlMs !== undefined && ageMs > tokenTtlMs) {
    return `nextToken has expired: it was issued ${Math.round(ageMs / 1000)} s ago and is good for ${tokenTtlMs / 1000} s`;
  }
  return { ...position, issuedAtMs };
}
