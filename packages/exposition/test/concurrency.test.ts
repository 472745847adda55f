import { gunzipSync } from "node:zlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createExposition } from "@fc-async/exposition";
import type { TargetExposition } from "@fc-async/exposition";
import { NODE_DEFLATE } from "./node-deflate.ts";
import { scrapedBytes, scrapedText } from "./scraped.ts";

const LABELS = { account_id: "1", region_id: "r", fc_version: "2" };

/** A pause that the test ends. */
function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
}

/** About 130 bytes a series. */
function rowsTarget(rows: number, version = 0, onRow: () => void = () => undefined): TargetExposition {
  function* samples(): Generator<{ readonly labels: { readonly service_name: string }; readonly value: number }> {
    for (let row = 0; row < rows; row += 1) {
      onRow();
      yield { labels: { service_name: `a-service-with-a-name-of-usual-length-${row}` }, value: version };
    }
  }
  return {
    labels: LABELS,
    families: [
      { name: "aliyun_fc_async_task_functions", samples: samples() },
      { name: "aliyun_fc_async_task_up", samples: [{ value: version }] },
    ],
  };
}

test.each([
  { targets: 1, rows: 20_000 },
  { targets: 100, rows: 200 },
])(
  "case 33: $targets targets with $rows series, changed in one tick, are rendered in slices",
  async ({ targets, rows }) => {
    let rowsRead = 0;
    let rowsSincePause = 0;
    const rowsBetweenPauses: number[] = [];
    const exposition = createExposition({
      deflate: NODE_DEFLATE,
      async yieldToLoop() {
        rowsBetweenPauses.push(rowsSincePause);
        rowsSincePause = 0;
      },
    });
    const calls = Array.from({ length: targets }, (_, index) =>
      exposition.setTarget(
        `t${index}`,
        rowsTarget(rows, 1, () => {
          rowsRead += 1;
          rowsSincePause += 1;
        }),
      ),
    );
    expect(rowsRead, "nothing is rendered in the tick of the calls").toBe(0);
    await Promise.all(calls);
    expect(rowsBetweenPauses.length).toBeGreaterThanOrEqual(7);
    expect(Math.max(...rowsBetweenPauses, rowsSincePause)).toBeLessThanOrEqual(3000);
  },
);

test("a newer call supersedes one that is being rendered, and one that waits", async () => {
  const pause = gate();
  let rowsRead = 0;
  const exposition = createExposition({ deflate: NODE_DEFLATE, yieldToLoop: () => pause.passed });
  const first = exposition.setTarget(
    "t",
    rowsTarget(50_000, 1, () => (rowsRead += 1)),
  );
  await new Promise(setImmediate);
  const second = exposition.setTarget("t", rowsTarget(10, 2));
  const third = exposition.setTarget("t", rowsTarget(10, 3));
  pause.open();
  expect(await Promise.all([first, second, third])).toEqual(["superseded", "superseded", "published"]);
  expect(rowsRead, "the rest of the first is not rendered").toBeLessThan(6000);
  const body = await scrapedText(exposition);
  expect(body.match(/ 3\n/g)).toHaveLength(11);
});

test("a target removed while it is rendered stays removed", async () => {
  const pause = gate();
  const exposition = createExposition({ deflate: NODE_DEFLATE, yieldToLoop: () => pause.passed });
  await exposition.setTarget("t", rowsTarget(1, 1));
  const call = exposition.setTarget("t", rowsTarget(20_000, 2));
  await new Promise(setImmediate);
  exposition.removeTarget("t");
  pause.open();
  expect(await call).toBe("superseded");
  expect(await scrapedText(exposition)).toBe("");
});

test("a target removed while it is compressed stays removed", async () => {
  const pause = gate();
  const exposition = createExposition({
    deflate: {
      ...NODE_DEFLATE,
      async deflateToFlush(bytes) {
        await pause.passed;
        return NODE_DEFLATE.deflateToFlush(bytes);
      },
    },
  });
  const target = rowsTarget(200, 2);
  // The large family last: nothing comes after its compression but the publication.
  const call = exposition.setTarget("t", { ...target, families: target.families.toReversed() });
  await new Promise(setImmediate);
  exposition.removeTarget("t");
  pause.open();
  expect(await call).toBe("superseded");
  expect(await scrapedText(exposition)).toBe("");
});

test("while a target is rendered, scrapes see all of what was there before", async () => {
  const pause = gate();
  const exposition = createExposition({ deflate: NODE_DEFLATE, yieldToLoop: () => pause.passed });
  await exposition.setTarget("t", rowsTarget(3, 1));
  const before = await scrapedText(exposition);
  const call = exposition.setTarget("t", rowsTarget(20_000, 2));
  await new Promise(setImmediate);
  expect(await scrapedText(exposition)).toBe(before);
  pause.open();
  await call;
  expect((await scrapedText(exposition)).match(/ 2\n/g)).toHaveLength(20_001);
});

test("a scrape under way is not reached by later changes", async () => {
  const pause = gate();
  const exposition = createExposition({
    deflate: {
      ...NODE_DEFLATE,
      async deflateToFlush(bytes) {
        await pause.passed;
        return NODE_DEFLATE.deflateToFlush(bytes);
      },
    },
  });
  await exposition.setTarget("t", rowsTarget(3, 1));
  const before = await scrapedBytes(exposition, { format: "text", encoding: "identity" });
  const scrape = scrapedBytes(exposition, { format: "text", encoding: "gzip" });
  await exposition.setTarget("t", rowsTarget(3, 2));
  exposition.removeTarget("t");
  pause.open();
  expect(gunzipSync(await scrape).equals(before)).toBe(true);
});

test("scrapes between any interleaving of changes see each target whole, and never an older version again", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.record({ key: fc.constantFrom("a", "b"), rows: fc.constantFrom(1, 40) }), { maxLength: 6 }),
      async (scheduler, changes) => {
        const exposition = createExposition({
          deflate: {
            crc32: NODE_DEFLATE.crc32,
            // The bytes do not matter here, only when they come.
            deflateToFlush: (bytes) => scheduler.schedule(Promise.resolve(bytes)),
          },
          gzipPartMinBytes: 1000,
        });
        const seen = new Map<string, number>();
        /** Rows of each call in the order the calls were made: version 1 is the first. */
        const called: number[] = [];
        async function expectWhole(): Promise<void> {
          const body = await scrapedText(exposition);
          for (const key of ["a", "b"]) {
            const lines = body.split("\n").filter((line) => line.includes(`account_id="${key}"`));
            const versions = new Set(lines.map((line) => Number(line.split(" ").at(-1))));
            expect(versions.size).toBeLessThanOrEqual(1);
            const [version = 0] = versions;
            expect(version).toBeGreaterThanOrEqual(seen.get(key) ?? 0);
            seen.set(key, version);
            const rows = called[version - 1];
            expect(lines).toHaveLength(rows === undefined ? 0 : rows + 1);
          }
        }
        const calls = changes.map(async ({ key, rows }) => {
          await scheduler.schedule(Promise.resolve());
          const target = rowsTarget(rows, called.push(rows));
          await exposition.setTarget(key, { ...target, labels: { ...LABELS, account_id: key } });
        });
        const checks = Array.from({ length: 6 }, async () => {
          await scheduler.schedule(Promise.resolve());
          await expectWhole();
        });
        await scheduler.waitIdle();
        await Promise.all([...calls, ...checks]);
        await expectWhole();
        expect(new Set(seen.values()).has(0)).toBe(new Set(changes.map(({ key }) => key)).size < 2);
      },
    ),
  );
});
