import type { FaultAction } from "../faults/fault-rule.ts";

const FIXED_MODES = [
  "stable",
  "offset",
  "echo-token",
  "token-after-last-page",
  "empty-page",
  "null-data",
  "short-pages",
  "over-limit-page",
  "two-quote-token",
] as const;

/**
 * How lists are cut into pages. `stable` is right; the others imitate servers that get it wrong, on every request:
 *
 * - `offset`: a page starts at a number, not behind a row: what is inserted or deleted meanwhile shifts rows
 * - `echo-token`: the request's own token again · `cycle:k`: tokens that go round in a circle of k
 * - `token-after-last-page`: the last page announces another, which is empty
 * - `empty-page`, `null-data`: every second page has no rows, as `[]` or `null`, and a token
 * - `short-pages`: half as many rows as asked for · `over-limit-page`: one row more
 * - `two-quote-token`: the documentation's `""` in place of the empty token
 */
export type PaginationMode = (typeof FIXED_MODES)[number] | `cycle:${number}`;

/** The modes as a reader may write them. */
export const PAGINATION_MODES: readonly string[] = [...FIXED_MODES, "cycle:<length>"];

const CYCLE = /^cycle:([1-9]\d{0,3})$/;

/** Reads a mode; `undefined` when there is no such mode. */
export function parsePaginationMode(text: string): PaginationMode | undefined {
  const [, length] = CYCLE.exec(text) ?? [];
  return length === undefined ? FIXED_MODES.find((mode) => mode === text) : `cycle:${Number(length)}`;
}

/** What a mode does to one page; `undefined` when it leaves it as it is. */
export function paginationAction(
  mode: PaginationMode,
  { page, limit, rowsLeft }: { readonly page: number; readonly limit: number; readonly rowsLeft: number },
): FaultAction | undefined {
  const endsList = rowsLeft <= limit;
  switch (mode) {
    case "stable":
    case "offset":
      return undefined;
    case "echo-token":
      return { type: "token", token: "repeat" };
    case "token-after-last-page":
      return endsList && rowsLeft > 0 ? { type: "token", token: "beyond-end" } : undefined;
    case "empty-page":
      return page % 2 === 0 ? { type: "page", rows: 0 } : undefined;
    case "null-data":
      return page % 2 === 0 ? { type: "page", rows: 0, emptyAs: "null" } : undefined;
    case "short-pages":
      return { type: "page", rows: Math.max(1, Math.floor(limit / 2)) };
    case "over-limit-page":
      return { type: "page", rows: limit + 1 };
    case "two-quote-token":
      return endsList ? { type: "token", token: "two-quotes" } : undefined;
    default:
      return { type: "token", token: { cycle: Number(CYCLE.exec(mode)?.[1]) } };
  }
}
