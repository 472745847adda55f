import type { Emulator, FunctionRow } from "@fc-async/emulator";
import { signedGet, type SignedGet } from "./signed-get.ts";

/** One page as it was answered. */
export interface Page {
  readonly data: readonly FunctionRow[] | null;
  readonly nextToken?: string | null;
}

/** Asks for one page; the answer must be a page. */
export async function pageOf(
  emulator: Emulator,
  limit: number,
  nextToken?: string,
  more: SignedGet = {},
): Promise<Page> {
  const token: [string, string][] = nextToken === undefined ? [] : [["nextToken", nextToken]];
  const { status, text } = await signedGet(emulator, { query: [["limit", String(limit)], ...token], ...more });
  if (status !== 200) throw new Error(`no page: ${status} ${text}`);
  return JSON.parse(text);
}

/** The pages of a walk to its end, or as many as `maxPages` of one that has none. */
export async function pagesOf(
  emulator: Emulator,
  limit: number,
  more: SignedGet = {},
  maxPages = 1000,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let token: string | undefined;
  do {
    const page = await pageOf(emulator, limit, token, more);
    pages.push(page);
    token = page.nextToken ?? "";
  } while (token !== "" && token !== '""' && pages.length < maxPages);
  return pages;
}

export async function rowsOf(emulator: Emulator, limit: number, more: SignedGet = {}): Promise<readonly FunctionRow[]> {
  return (await pagesOf(emulator, limit, more)).flatMap(({ data }) => data ?? []);
}
