import { createSnapshotBuilder, namePattern, rowsOf, type InventoryRow, type Snapshot } from "@fc-async/inventory";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const yieldToLoop = async (): Promise<void> => undefined;
const keep = (): boolean => true;

describe("a snapshot", () => {
  test("holds each row once, in order, whatever order and pages they came in", async () => {
    const name = fc.constantFrom("a", "b", "B", "__proto__", "constructor", "😀", "é");
    const row = fc.record({ serviceName: name, functionName: name, qualifier: name });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(row)), async (pages) => {
        const builder = createSnapshotBuilder(keep, yieldToLoop);
        for (const rows of pages) builder.add({ rows, nextToken: undefined, quirks: [], requestId: undefined });
        const snapshot = await builder.finish({ startedAtMs: 1, durationMs: 2 });
        const text = (each: InventoryRow): string =>
          JSON.stringify([each.serviceName, each.functionName, each.qualifier]);
        const all = pages.flat().map((each) => text(each));
        const held = [...rowsOf(snapshot)];
        expect(held.map((each) => text(each)).toSorted()).toEqual([...new Set(all)].toSorted());
        const keys = held.map((each) => `${each.serviceName}\u0000${each.functionName}\u0000${each.qualifier}`);
        expect(keys).toEqual(keys.toSorted());
        expect(snapshot.rowCount + snapshot.duplicateRows).toBe(all.length);
        expect(snapshot.functionCount).toBe(new Set(held.map((each) => text({ ...each, qualifier: "" }))).size);
      }),
    );
  });

  test("beside a known list says the same, with its very services where they are equal", async () => {
    const name = fc.constantFrom("a", "b", "c", "__proto__");
    const list = fc.array(fc.record({ serviceName: name, functionName: name, qualifier: name }));
    await fc.assert(
      fc.asyncProperty(list, list, fc.boolean(), async (earlier, later, isSorted) => {
        const snapshotOf = (listed: readonly InventoryRow[], known?: Snapshot): Promise<Snapshot> => {
          const builder = createSnapshotBuilder(keep, yieldToLoop, known);
          const rows = isSorted ? listed.toSorted((left, right) => (textOf(left) < textOf(right) ? -1 : 1)) : listed;
          builder.add({ rows, nextToken: undefined, quirks: [], requestId: undefined });
          return builder.finish({ startedAtMs: 1, durationMs: 2 });
        };
        const known = await snapshotOf(earlier);
        const alone = await snapshotOf(later);
        const beside = await snapshotOf(later, known);
        expect(beside).toEqual(alone);
        if (!isSorted) return;
        for (const service of beside.services) {
          const same = known.services.find(({ serviceName }) => serviceName === service.serviceName);
          expect(service === same).toBe(JSON.stringify(service) === JSON.stringify(same));
        }
        const isUnchanged = JSON.stringify(alone.services) === JSON.stringify(known.services);
        expect(beside.services === known.services).toBe(isUnchanged);
      }),
      { numRuns: 1000 },
    );
  });

  test("of ten thousand unsorted names of one service is sorted in slices that let the loop run", async () => {
    let pauses = 0;
    const builder = createSnapshotBuilder(keep, async () => {
      pauses += 1;
    });
    const names = Array.from({ length: 10_000 }, (_, i) => `f${(i * 7919) % 10_000}`);
    const rows = names.map((functionName) => ({ serviceName: "s", functionName, qualifier: "LATEST" }));
    builder.add({ rows, nextToken: undefined, quirks: ["empty_page"], requestId: undefined });
    const snapshot = await builder.finish({ startedAtMs: 1, durationMs: 2 });
    expect(snapshot.services[0]?.functionNames).toEqual(names.toSorted());
    expect(snapshot.quirks).toEqual({ empty_page: 1 });
    expect(pauses).toBeGreaterThan(3);
    const inOrder = createSnapshotBuilder(keep, async () => {
      pauses += 1;
    });
    pauses = 0;
    inOrder.add({
      rows: names.toSorted().map((functionName) => ({ serviceName: "s", functionName, qualifier: "LATEST" })),
      nextToken: undefined,
      quirks: [],
      requestId: undefined,
    });
    await inOrder.finish({ startedAtMs: 1, durationMs: 2 });
    // There is nothing to sort: the rows are done as they come.
    expect(pauses).toBe(0);
  });
});

function textOf({ serviceName, functionName, qualifier }: InventoryRow): string {
  return JSON.stringify([serviceName, functionName, qualifier]);
}

describe("a pattern", () => {
  test.each([
    ["*", "anything", true],
    ["*", "", true],
    ["orders", "orders", true],
    ["orders", "orders2", false],
    ["tmp-*", "tmp-1", true],
    ["tmp-*", "xtmp-1", false],
    ["*-old", "a-old", true],
    ["a*b*c", "a-b-c", true],
    ["a*b*c", "acb", false],
    ["ab*ba", "aba", false],
    ["a.c", "abc", false],
    ["job-?", "job-1", true],
    ["job-?", "job-", false],
    ["job-?", "job-12", false],
    ["*-?", "a-b-c", true],
    ["?", "😀", true],
    ["(a+)+$", "aaaa", false],
  ])("%s of %s: %s", (pattern, name, matches) => {
    expect(namePattern(pattern)(name)).toBe(matches);
  });

  test("matches what a regular expression with the same meaning matches", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "😀", "😃", "*", "?"), maxLength: 8 });
    fc.assert(
      fc.property(text, fc.string({ unit: fc.constantFrom("a", "b", "😀", "😃"), maxLength: 8 }), (pattern, name) => {
        const meaning = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`, "u");
        expect(namePattern(pattern)(name)).toBe(meaning.test(name));
      }),
      { numRuns: 5000 },
    );
  });
});
