import { createEmulator, type Emulator, type FunctionRow } from "@fc-async/emulator";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { signedGet } from "./signed-get.ts";
import { ACCOUNT_ID, numberedRows, optionsWith, REGION } from "./world.ts";

async function page(
  emulator: Emulator,
  limit: number,
  nextToken: string,
): Promise<{ data: readonly FunctionRow[] | null; nextToken: string }> {
  const { status, text } = await signedGet(emulator, {
    query: [
      ["limit", String(limit)],
      ["nextToken", nextToken],
    ],
  });
  expect({ status, text }).toMatchObject({ status: 200 });
  return JSON.parse(text);
}

// Few letters, so that rows collide and lie close; one beyond the basic plane, one prototype key, one with the separators.
const name = fc.constantFrom("a", "aa", "b", "B", "\uFF5E", "🚀", "__proto__", "a,b:c");
const row = fc.record({ serviceName: name, functionName: name, qualifier: fc.constantFrom("LATEST", "1", "") });
const change = fc.record({ kind: fc.constantFrom("add", "remove"), rows: fc.array(row, { maxLength: 4 }) });
const keyOf = (value: FunctionRow): string => JSON.stringify([value.serviceName, value.functionName, value.qualifier]);

function compareBytes(left: FunctionRow, right: FunctionRow): number {
  for (const part of ["serviceName", "functionName", "qualifier"] as const) {
    const order = Buffer.compare(Buffer.from(left[part]), Buffer.from(right[part]));
    if (order !== 0) return order;
  }
  return 0;
}

describe("a walk", () => {
  test("case 11: sees every row that is alive throughout exactly once, in order, and ends, whatever is inserted and deleted between its pages", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 40 }),
        fc.array(change, { maxLength: 30 }),
        fc.integer({ min: 1, max: 7 }),
        async (rows, changes, limit) => {
          const emulator = createEmulator(optionsWith(rows));
          const set = emulator.rows(ACCOUNT_ID, REGION);
          const alive = new Map(set.all().map((value) => [keyOf(value), value]));
          const everThere = new Set(alive.keys());
          const seen: FunctionRow[] = [];
          let nextToken = "";
          let pages = 0;
          do {
            const answer = await page(emulator, limit, nextToken);
            seen.push(...(answer.data ?? []));
            ({ nextToken } = answer);
            const step = changes[pages];
            pages += 1;
            if (step === undefined || nextToken === "") continue;
            if (step.kind === "add") set.add(...step.rows);
            else set.remove(...step.rows);
            const now = new Set(set.all().map(keyOf));
            for (const key of alive.keys()) if (!now.has(key)) alive.delete(key);
            for (const key of now) everThere.add(key);
          } while (nextToken !== "");
          const seenKeys = seen.map(keyOf);
          for (const key of alive.keys()) expect(seenKeys.filter((candidate) => candidate === key)).toHaveLength(1);
          expect(new Set(seenKeys).size).toBe(seenKeys.length);
          expect(seen).toEqual(seen.toSorted(compareBytes));
          for (const key of seenKeys) expect(everThere).toContain(key);
          expect(pages).toBeLessThanOrEqual(everThere.size + 1);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("a token", () => {
  test("always holds /, + and =, so that a client that does not encode it is caught", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(row, { minLength: 2, maxLength: 6, selector: keyOf }), async (rows) => {
        const { nextToken } = await page(createEmulator(optionsWith(rows)), 1, "");
        expect(nextToken).toMatch(/^\+\/[A-Za-z0-9+/]+={1,2}$/);
      }),
      { numRuns: 100 },
    );
  });

  test("is refused after any change to any of its characters", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(3)));
    const { nextToken } = await page(emulator, 1, "");
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= -_";
    await fc.assert(
      fc.asyncProperty(
        fc.nat(nextToken.length - 1),
        fc.constantFrom(...alphabet.split("")),
        async (index, character) => {
          fc.pre(nextToken[index] !== character);
          const tampered = nextToken.slice(0, index) + character + nextToken.slice(index + 1);
          const { status } = await signedGet(emulator, { query: [["nextToken", tampered]] });
          expect(status).toBe(400);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    ["cut short", (token: string) => token.slice(0, -1)],
    ["with a line break in it", (token: string) => `${token.slice(0, 8)}\n${token.slice(8)}`],
    ["with an appended character", (token: string) => `${token}A`],
    ["in the URL-safe alphabet", (token: string) => token.replaceAll("+", "-").replaceAll("/", "_")],
    ["with its plus signs read as spaces", (token: string) => token.replaceAll("+", " ")],
  ])("is refused %s", async (_how, spoil) => {
    const emulator = createEmulator(optionsWith(numberedRows(3)));
    const { nextToken } = await page(emulator, 1, "");
    const { status } = await signedGet(emulator, { query: [["nextToken", spoil(nextToken)]] });
    expect(status).toBe(400);
  });
});
