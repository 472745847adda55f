import {
  createEmulator,
  PAGINATION_MODES,
  parsePaginationMode,
  type Emulator,
  type PaginationMode,
} from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { pageOf, pagesOf, rowsOf } from "./walk.ts";
import { ACCOUNT_ID, numberedRows, optionsWith, REGION } from "./world.ts";

const paginated = (pagination: PaginationMode, rows = 5): Emulator =>
  createEmulator(optionsWith(numberedRows(rows), { pagination }));

async function lengths(emulator: Emulator, limit: number): Promise<readonly (number | null)[]> {
  return (await pagesOf(emulator, limit)).map(({ data }) => data?.length ?? null);
}

async function tokens(emulator: Emulator, limit: number, pages: number): Promise<readonly unknown[]> {
  return (await pagesOf(emulator, limit, {}, pages)).map(({ nextToken }) => nextToken);
}

describe("pagination", () => {
  test("stable is right, and is what there is when nothing is said", async () => {
    expect(await lengths(paginated("stable"), 2)).toEqual([2, 2, 1]);
    const emulator = createEmulator(optionsWith(numberedRows(5)));
    expect(await lengths(emulator, 2)).toEqual([2, 2, 1]);
    expect(emulator.requests.map(({ fault }) => fault)).toEqual([undefined, undefined, undefined]);
  });

  test("offset lists what stands still, but loses a row when one before it goes, and repeats one when one comes", async () => {
    const emulator = paginated("offset");
    expect(await rowsOf(emulator, 2)).toEqual(numberedRows(5));
    const rows = emulator.rows(ACCOUNT_ID, REGION);
    const [first, second] = numberedRows(5);
    if (first === undefined || second === undefined) throw new Error("no rows");

    const shrunk = await pageOf(emulator, 2);
    rows.remove(first);
    const afterRemoval = await pageOf(emulator, 2, shrunk.nextToken ?? "");
    expect(afterRemoval.data).toEqual(numberedRows(5).slice(3, 5));

    emulator.reset();
    const grown = await pageOf(emulator, 2);
    rows.add({ ...first, functionName: "aa" });
    expect((await pageOf(emulator, 2, grown.nextToken ?? "")).data?.[0]).toEqual(second);
  });

  test("offset ends although the list shrank below its token", async () => {
    const emulator = paginated("offset");
    const { nextToken } = await pageOf(emulator, 4);
    emulator.rows(ACCOUNT_ID, REGION).remove(...numberedRows(5));
    expect(await pageOf(emulator, 4, nextToken ?? "")).toEqual({ data: null, nextToken: "" });
  });

  test("echo-token answers with the token it was asked with, case 5", async () => {
    const echoed = await tokens(paginated("echo-token"), 2, 4);
    expect(new Set(echoed).size).toBe(1);
  });

  test("cycle:3 goes round in a circle of three, case 4", async () => {
    const seen = await tokens(paginated("cycle:3", 50), 2, 7);
    expect(new Set(seen).size).toBe(3);
    expect(seen.slice(3)).toEqual(seen.slice(0, 4));
  });

  test("token-after-last-page announces one page too many, which is empty and the last", async () => {
    expect(await lengths(paginated("token-after-last-page", 4), 2)).toEqual([2, 2, null]);
    expect(await lengths(paginated("token-after-last-page", 0), 2)).toEqual([null]);
  });

  test("empty-page has every second page without rows, and loses none, case 8", async () => {
    const emulator = paginated("empty-page");
    expect(await lengths(emulator, 2)).toEqual([2, 0, 2, 0, 1]);
    expect(await rowsOf(emulator, 2)).toEqual(numberedRows(5));
  });

  test("null-data has null in the place of those rows", async () => {
    const pages = await pagesOf(paginated("null-data"), 2);
    expect(pages.map(({ data }) => data?.length ?? null)).toEqual([2, null, 2, null, 1]);
    expect(pages.flatMap(({ data }) => data ?? [])).toEqual(numberedRows(5));
  });

  test("short-pages has half as many rows as asked for", async () => {
    expect(await lengths(paginated("short-pages"), 4)).toEqual([2, 2, 1]);
    expect(await lengths(paginated("short-pages", 2), 1)).toEqual([1, 1]);
  });

  test("over-limit-page has one row more, case 9", async () => {
    expect(await lengths(paginated("over-limit-page"), 2)).toEqual([3, 2]);
  });

  test("two-quote-token ends the list with the documentation's token, case 6", async () => {
    expect((await pagesOf(paginated("two-quote-token"), 2)).map(({ nextToken }) => nextToken)).toEqual([
      expect.stringMatching(/=$/),
      expect.stringMatching(/=$/),
      '""',
    ]);
  });

  test("is named in the log where it shaped a page, and gives way to a rule", async () => {
    const emulator = createEmulator(
      optionsWith(numberedRows(5), {
        pagination: "over-limit-page",
        faults: [{ match: { page: 2 }, times: 1, action: { type: "page", rows: 1 } }],
      }),
    );
    expect(await lengths(emulator, 2)).toEqual([3, 1, 1]);
    expect(emulator.requests.map(({ fault }) => fault)).toEqual(["pagination", "page", "pagination"]);
  });
});

test("every mode that is listed can be read, and nothing else", () => {
  const readable = PAGINATION_MODES.map((mode) => mode.replace("<length>", "4"));
  expect(readable.map(parsePaginationMode)).toEqual(readable);
  for (const wrong of ["", "Stable", "cycle", "cycle:0", "cycle:-1", "cycle:x", "cycle:99999", "offsets"]) {
    expect(parsePaginationMode(wrong)).toBeUndefined();
  }
});
