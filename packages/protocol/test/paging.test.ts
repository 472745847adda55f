import {
  FcLimitError,
  FcPaginationError,
  FcResponseError,
  items,
  pages,
  parseNextToken,
  type Page,
} from "@fc-async/protocol";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

function page(rows: readonly number[], nextToken?: string): Page<number> {
  return { rows, nextToken, quirks: [], requestId: undefined };
}

/** Answers the pages in order, `""` being the first token; counts what was asked for. */
function server(byToken: ReadonlyMap<string, Page<number>>): {
  readonly asked: (string | undefined)[];
  readonly fetchPage: (token: string | undefined) => Promise<Page<number>>;
} {
  const asked: (string | undefined)[] = [];
  return {
    asked,
    fetchPage: async (token) => {
      asked.push(token);
      return byToken.get(token ?? "") ?? page([]);
    },
  };
}

describe("pages", () => {
  test("follows tokens to the end and stops when there is none", async () => {
    const { asked, fetchPage } = server(
      new Map([
        ["", page([1, 2], "a")],
        ["a", page([3], "b")],
        ["b", page([4])],
      ]),
    );
    expect(await Array.fromAsync(items(pages(fetchPage)))).toEqual([1, 2, 3, 4]);
    expect(asked).toEqual([undefined, "a", "b"]);
  });

  test("yields the list as a whole, however it is cut into pages", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 20 }),
        async (parts) => {
          const last = parts.length - 1;
          const byToken = new Map(
            parts.map((rows, index) => [
              index === 0 ? "" : `t${index}`,
              page(rows, index === last ? undefined : `t${index + 1}`),
            ]),
          );
          expect(await Array.fromAsync(items(pages(server(byToken).fetchPage)))).toEqual(parts.flat());
        },
      ),
    );
  });

  test("begins at a starting token", async () => {
    const { asked, fetchPage } = server(new Map([["b", page([4])]]));
    expect(await Array.fromAsync(items(pages(fetchPage, { startingToken: "b" })))).toEqual([4]);
    expect(asked).toEqual(["b"]);
  });

  test("case 3: a token that repeats ends the walk at once", async () => {
    const { asked, fetchPage } = server(
      new Map([
        ["", page([1], "a")],
        ["a", page([2], "a")],
      ]),
    );
    const walk = Array.fromAsync(pages(fetchPage));
    await expect(walk).rejects.toThrow(FcPaginationError);
    await expect(walk).rejects.toMatchObject({ cycleLength: 1, code: "FC_PAGINATION", reason: "pagination" });
    expect(asked).toHaveLength(2);
  });

  test("case 4: a cycle of three tokens ends the walk within four pages, and its length is told", async () => {
    const cycle = new Map([
      ["", page([1], "a")],
      ["a", page([2], "b")],
      ["b", page([3], "c")],
      ["c", page([4], "a")],
    ]);
    const { asked, fetchPage } = server(cycle);
    const walk = Array.fromAsync(pages(fetchPage));
    await expect(walk).rejects.toMatchObject({ cycleLength: 3, message: expect.stringContaining("length 3") });
    expect(asked).toHaveLength(4);
  });

  test("a starting token counts as seen", async () => {
    const { fetchPage } = server(new Map([["a", page([1], "a")]]));
    await expect(Array.fromAsync(pages(fetchPage, { startingToken: "a" }))).rejects.toMatchObject({ cycleLength: 1 });
  });

  test("ends on any graph of tokens, within the distinct tokens and one page", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.nat({ max: 15 }), { nil: undefined }), { minLength: 16, maxLength: 16 }),
        async (graph) => {
          const byToken = new Map([["", page([0], "0")]]);
          for (const [from, to] of graph.entries())
            byToken.set(`${from}`, page([from], to === undefined ? undefined : `${to}`));
          const { asked, fetchPage } = server(byToken);
          const failure = await Array.fromAsync(pages(fetchPage)).then(
            () => undefined,
            (error: unknown) => error,
          );
          expect(failure === undefined || failure instanceof FcPaginationError).toBe(true);
          expect(asked.length).toBeLessThanOrEqual(new Set(asked.slice(1)).size + 1);
        },
      ),
    );
  });

  test("case 8: an empty page with a token goes on, and is marked", async () => {
    const { fetchPage } = server(
      new Map([
        ["", page([], "a")],
        ["a", page([1])],
      ]),
    );
    const walked = await Array.fromAsync(pages(fetchPage));
    expect(walked.map(({ quirks }) => quirks)).toEqual([["empty_page"], []]);
  });

  function emptyPages(count: number): ReadonlyMap<string, Page<number>> {
    const chain = Array.from(
      { length: count },
      (_, index) => [index === 0 ? "" : `t${index}`, page([], `t${index + 1}`)] as const,
    );
    return new Map([...chain, [`t${count}`, page([7])]]);
  }

  test("case 8: 50 empty pages in a row are walked, the 51st is too many", async () => {
    expect(await Array.fromAsync(items(pages(server(emptyPages(50)).fetchPage)))).toEqual([7]);
    await expect(Array.fromAsync(pages(server(emptyPages(51)).fetchPage))).rejects.toThrow(FcPaginationError);
  });

  test("a page with rows begins the count of empty pages anew", async () => {
    const byToken = new Map([
      ["", page([], "a")],
      ["a", page([1], "b")],
      ["b", page([], "c")],
      ["c", page([2])],
    ]);
    expect(await Array.fromAsync(items(pages(server(byToken).fetchPage, { maxEmptyPages: 1 })))).toEqual([1, 2]);
  });

  const three = new Map([
    ["", page([1, 2], "a")],
    ["a", page([3], "b")],
    ["b", page([4])],
  ]);

  test("maxPages and maxRows let exactly as many pass", async () => {
    expect(await Array.fromAsync(pages(server(three).fetchPage, { maxPages: 3, maxRows: 4 }))).toHaveLength(3);
    const fewPages = Array.fromAsync(pages(server(three).fetchPage, { maxPages: 2 }));
    await expect(fewPages).rejects.toThrow(FcLimitError);
    await expect(fewPages).rejects.toMatchObject({ limit: "maxPages", maximum: 2, reason: "limit" });
    await expect(Array.fromAsync(pages(server(three).fetchPage, { maxRows: 3 }))).rejects.toMatchObject({
      limit: "maxRows",
      maximum: 3,
    });
  });

  test("looks at the signal before each page and throws its reason untouched", async () => {
    const controller = new AbortController();
    const reason = { why: "enough" };
    const { asked, fetchPage } = server(three);
    const walk = pages(fetchPage, { signal: controller.signal });
    await walk.next();
    controller.abort(reason);
    await expect(walk.next()).rejects.toBe(reason);
    expect(asked).toHaveLength(1);
  });
});

describe("parseNextToken", () => {
  test.each([undefined, null, ""])("case 6: %j ends the list", (value) => {
    expect(parseNextToken(value)).toEqual({ token: undefined, quirk: undefined });
  });

  test("case 6: the documentation's two quotes end the list, with a quirk", () => {
    expect(parseNextToken('""')).toEqual({ token: undefined, quirk: "two_quote_token" });
  });

  test.each(["a/b+c==", " ", '"', '"""', "null"])("%j is a token like any other", (value) => {
    expect(parseNextToken(value)).toEqual({ token: value, quirk: undefined });
  });

  test("a token longer than a request line is refused, one of the full length is not", () => {
    expect(parseNextToken("t".repeat(4096)).token).toHaveLength(4096);
    expect(() => parseNextToken("t".repeat(4097))).toThrow(FcLimitError);
  });

  test.each([0, 1, false, {}, ["a"], "half a pair \ud83d"])("%j is not the contract", (value) => {
    expect(() => parseNextToken(value, { status: 200, requestId: "r-1" })).toThrow(FcResponseError);
    expect(() => parseNextToken(value, { status: 200, requestId: "r-1" })).toThrow(
      expect.objectContaining({ status: 200, requestId: "r-1", reason: "invalid_response" }),
    );
  });
});
