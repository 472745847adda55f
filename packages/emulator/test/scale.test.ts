import { createEmulator, type Churn, type Emulator, type FunctionRow, type GeneratedRows } from "@fc-async/emulator";
import { nodeHash } from "@fc-async/protocol/node";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pageOf, rowsOf } from "./walk.ts";
import { ACCOUNT_ID, CONTRACT, KEY, NOW_MS, numberedRows, OTHER_ACCOUNT_ID, OTHER_KEY, REGION } from "./world.ts";

type Generate = GeneratedRows["generate"];

const MINUTE_MS = 60_000;

interface Scene {
  readonly emulator: Emulator;
  pass(ms: number): void;
  rows(limit?: number): Promise<readonly FunctionRow[]>;
}

function scene(regions: Readonly<Record<string, readonly FunctionRow[] | GeneratedRows>>, churn?: Churn): Scene {
  let nowMs = NOW_MS;
  const emulator = createEmulator({
    accounts: [
      { accountId: ACCOUNT_ID, accessKeys: [KEY], regions },
      { accountId: OTHER_ACCOUNT_ID, accessKeys: [OTHER_KEY], regions },
    ],
    now: () => nowMs,
    hash: nodeHash,
    contract: CONTRACT,
    churn,
  });
  return {
    emulator,
    pass(ms) {
      nowMs += ms;
    },
    rows: (limit = 100) => rowsOf(emulator, limit, { dateMs: nowMs }),
  };
}

const generated = (generate: Generate, churn?: Churn): Scene => scene({ [REGION]: { generate } }, churn);

function compareBytes(left: FunctionRow, right: FunctionRow): number {
  for (const part of ["serviceName", "functionName", "qualifier"] as const) {
    const order = Buffer.compare(Buffer.from(left[part]), Buffer.from(right[part]));
    if (order !== 0) return order;
  }
  return 0;
}

const keyOf = ({ serviceName, functionName, qualifier }: FunctionRow): string =>
  JSON.stringify([serviceName, functionName, qualifier]);

describe("generated rows", () => {
  test("are as many as they say, distinct and in byte order, whatever their number", async () => {
    const size = fc.integer({ min: 1, max: 12 });
    await fc.assert(
      fc.asyncProperty(
        fc.record({ services: size, functions: size, qualifiers: size, names: fc.constantFrom("plain", "hostile") }),
        fc.integer({ min: 1, max: 100 }),
        async (generate, limit) => {
          const rows = await generated(generate).rows(limit);
          expect(rows).toHaveLength(generate.services * generate.functions * generate.qualifiers);
          expect(rows.toSorted(compareBytes)).toEqual(rows);
          expect(new Set(rows.map(keyOf)).size).toBe(rows.length);
          expect(new Set(rows.map(({ serviceName }) => serviceName)).size).toBe(generate.services);
        },
      ),
      // More rows than a thousand, in pages of one.
      { numRuns: 40, examples: [[{ services: 12, functions: 12, qualifiers: 12, names: "plain" }, 1]] },
    );
  });

  test("are the same for the same seed, and others for another", async () => {
    const shape = { services: 4, functions: 5 };
    const [first, again, other] = await Promise.all([
      generated({ ...shape, seed: 3 }).rows(),
      generated({ ...shape, seed: 3 }).rows(),
      generated({ ...shape, seed: 4 }).rows(),
    ]);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test("have LATEST alone, or versions before it", async () => {
    expect(await generated({ services: 1, functions: 1 }).rows()).toEqual([
      { serviceName: "service-1-export", functionName: "function-1-export", qualifier: "LATEST" },
    ]);
    const qualifiers = (await generated({ services: 1, functions: 1, qualifiers: 12 }).rows()).map(
      (row) => row.qualifier,
    );
    expect(qualifiers).toEqual(["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "LATEST"]);
  });

  test("hold names that break careless readers when they are hostile", async () => {
    const rows = await generated({ services: 40, functions: 2, names: "hostile" }).rows();
    const text = rows.map(({ serviceName }) => serviceName).join(" ");
    for (const piece of ['"', "\\", "\n", "\u202E", "\u0000", "🚀", "__proto__", "<script>", "=1+1"]) {
      expect(text).toContain(piece);
    }
  });

  test("may be ten million: none is laid out before it is asked for", async () => {
    const { emulator } = generated({ services: 10_000, functions: 1000 });
    const { nextToken } = await pageOf(emulator, 100);
    expect(nextToken).toMatch(/=$/);
    expect(emulator.state.accounts[0]?.regions[REGION]).toBe(10_000_000);
  });

  test("cannot be changed by hand, and the emulator says why", () => {
    const { emulator } = generated({ services: 1, functions: 1 });
    expect(() => emulator.rows(ACCOUNT_ID, REGION)).toThrow(/are generated; give them as a list/);
  });
});

describe.each<[string, () => Scene]>([
  ["generated rows", () => generated({ services: 10, functions: 40 }, { perMinute: 6 })],
  ["rows that were given", () => scene({ [REGION]: numberedRows(400) }, { perMinute: 6 })],
])("churn of %s", (_what, make) => {
  test("makes functions come and go as time passes, some at a time", async () => {
    const world = make();
    const before = await world.rows();
    world.pass(MINUTE_MS);
    const after = await world.rows();
    const [had, has] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
    const gone = before.filter((row) => !has.has(keyOf(row)));
    const come = after.filter((row) => !had.has(keyOf(row)));
    expect(gone.length).toBeGreaterThan(0);
    expect(come.length).toBeGreaterThan(0);
    // Six changes, and the six of ten minutes ago undone.
    expect(gone.length + come.length).toBeLessThanOrEqual(12);
  });

  test("changes nothing between two changes", async () => {
    const world = make();
    const before = await world.rows();
    world.pass(9999 - (NOW_MS % 10_000));
    expect(await world.rows()).toEqual(before);
  });

  test("is a function of seed and time: two emulators agree, and so does one that is set back", async () => {
    const [one, other] = [make(), make()];
    const first = await one.rows();
    one.pass(7 * MINUTE_MS);
    other.pass(7 * MINUTE_MS);
    const later = await one.rows();
    expect(later).not.toEqual(first);
    expect(await other.rows()).toEqual(later);
    one.pass(-7 * MINUTE_MS);
    expect(await one.rows()).toEqual(first);
  });

  test("keeps seven eighths of the rows, their order and about their number, at any moment", async () => {
    const world = make();
    for (let turn = 0; turn < 20; turn++) {
      const rows = await world.rows();
      expect(rows.toSorted(compareBytes)).toEqual(rows);
      expect(new Set(rows.map(keyOf)).size).toBe(rows.length);
      expect(world.emulator.state.accounts[0]?.regions[REGION]).toBe(rows.length);
      expect(rows.length).toBeGreaterThan(350);
      expect(rows.length).toBeLessThan(450);
      world.pass(3 * MINUTE_MS);
    }
  });

  test("is another one in each account", async () => {
    const world = make();
    const other = await rowsOf(world.emulator, 100, {
      host: `${OTHER_ACCOUNT_ID}.${REGION}.localhost`,
      key: OTHER_KEY,
    });
    expect(other).not.toEqual(await world.rows());
  });

  test("during a walk gives every row that lives throughout exactly once", async () => {
    const world = make();
    const lives = new Map<string, number>();
    const walked: FunctionRow[] = [];
    let nextToken: string | null | undefined;
    for (let moment = 0; moment < 9; moment++) {
      for (const row of await world.rows()) lives.set(keyOf(row), (lives.get(keyOf(row)) ?? 0) + 1);
      const dateMs = world.emulator.clock.nowMs;
      const page = await pageOf(world.emulator, 60, nextToken ?? undefined, { dateMs });
      walked.push(...(page.data ?? []));
      ({ nextToken } = page);
      if (nextToken === "") break;
      world.pass(30_000);
    }
    expect(nextToken).toBe("");
    const moments = Math.max(...lives.values());
    const throughout = [...lives].filter(([, count]) => count === moments).map(([key]) => key);
    expect(throughout.length).toBeGreaterThan(300);
    const seen = walked.map(keyOf);
    expect(new Set(seen).size).toBe(seen.length);
    expect(throughout.filter((key) => !seen.includes(key))).toEqual([]);
  });
});

describe("churn", () => {
  test("lets rows that were given be changed by hand, too", async () => {
    const world = scene({ [REGION]: numberedRows(40) }, { perMinute: 6 });
    const added = { serviceName: "zzz", functionName: "added", qualifier: "LATEST" };
    world.emulator.rows(ACCOUNT_ID, REGION).add(added, ...numberedRows(60, "more"));
    const rows = await world.rows();
    expect(rows.length).toBeGreaterThan(70);
    world.emulator.reset();
    expect((await world.rows()).length).toBeLessThan(60);
  });

  test("leaves an empty region empty, and a single row alone", async () => {
    const world = scene({ [REGION]: [] }, { perMinute: 60 });
    expect(await world.rows()).toEqual([]);
    const single = scene({ [REGION]: numberedRows(1) }, { perMinute: 60 });
    expect(await single.rows()).toEqual(numberedRows(1));
  });
});
