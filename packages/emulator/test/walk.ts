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

/** Longer than any list of these tests: a walk past it has no end. */
const MAX_PAGES = 5000;

/** The pages of a walk to its end; with `firstPages`, no more than so many of them. */
export async function pagesOf(
  emulator: Emulator,
  limit: number,
  more: SignedGet = {},
  firstPages = Infinity,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let token: string | undefined;
  do {
    if (pages.length === MAX_PAGES) throw new Error(`the walk has no end within ${MAX_PAGES} pages`);
    const page = await pageOf(emulator, limit, token, more);
    pages.push(page);
    token = page.nextToken ?? "";
  } while (token !== "" && token !== '""' && pages.length < firstPages);
  return pages;
}

export async function rowsOf(emulator: Emulator, limit: number, more: SignedGet = {}): Promise<readonly FunctionRow[]> {
  return (await pagesOf(emulator, limit, more)).flatMap(({ data }) => data ?? []);
}
