const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;
const INTEGER = /^[+-]?\d+$/;

/** What a request asks of the operation. */
export interface ListQuery {
  /** Rows per page, 1–100. */
  readonly limit: number;
  /** `undefined` from the start; an empty token means the same. */
  readonly nextToken: string | undefined;
  /** Names of the parameters that the operation does not have. */
  readonly unread: readonly string[];
}

/**
 * Reads the query string. Unknown parameters are ignored, and of a parameter that comes twice the first counts: no source
 * says what the service does with either. A `limit` that is not an integer from 1 to 100 is refused, for which no source
 * exists but the general rule.
 *
 * @returns the query, or one sentence about what is wrong with it
 */
export function parseListQuery(query: string): ListQuery | string {
  const parameters = new URLSearchParams(query);
  const nextToken = parameters.get("nextToken");
  const limit = parseLimit(parameters.get("limit"));
  if (typeof limit === "string") return limit;
  const unread = [...new Set(parameters.keys())].filter((name) => name !== "limit" && name !== "nextToken");
  return { limit, nextToken: nextToken === null || nextToken === "" ? undefined : nextToken, unread };
}

function parseLimit(text: string | null): number | string {
  if (text === null) return DEFAULT_LIMIT;
  const limit = INTEGER.test(text) ? Number(text) : Number.NaN;
  if (limit >= 1 && limit <= MAX_LIMIT) return limit;
  return `limit must be an integer from 1 to ${MAX_LIMIT}, got ${JSON.stringify(text)}`;
}
