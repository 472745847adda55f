import { diffSnapshots, type InventoryRow, type ServiceRows, type Snapshot } from "@fc-async/inventory";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("the difference of two snapshots", () => {
  test("names rows that came and went, and counts functions once", async () => {
    const before = snapshotOf(["a/f:1", "a/f:2", "b/g:1", "c/h:1"]);
    const after = snapshotOf(["a/f:2", "a/f:3", "b/g:1", "d/i:1", "d/i:2"]);
    expect(await diffSnapshots(before, after, async () => undefined)).toEqual({
      added: rowsOf(["a/f:3", "d/i:1", "d/i:2"]),
      removed: rowsOf(["a/f:1", "c/h:1"]),
      addedFunctions: 1,
      removedFunctions: 1,
    });
  });

  test("case 29: services named like object members are ordinary names", async () => {
    const after = snapshotOf(["__proto__/f:LATEST", "constructor/f:LATEST", "hasOwnProperty/f:LATEST"]);
    expect((await diffSnapshots(snapshotOf([]), after, async () => undefined)).addedFunctions).toBe(3);
  });

  test("of one large service is found in slices that let the loop run", async () => {
    let pauses = 0;
    const names = (prefix: string): string[] => Array.from({ length: 20_000 }, (_, i) => `s/${prefix}${i}:LATEST`);
    const difference = await diffSnapshots(snapshotOf(names("old")), snapshotOf(names("new")), async () => {
      pauses += 1;
    });
    expect(difference).toMatchObject({ addedFunctions: 20_000, removedFunctions: 20_000 });
    expect(pauses).toBeGreaterThanOrEqual(8);
  });

  test("applied to the earlier list gives the later one", async () => {
    const name = fc.constantFrom("a", "b", "c", "__proto__");
    const list = fc.uniqueArray(fc.tuple(name, name, name).map(([s, f, q]) => `${s}/${f}:${q}`));
    await fc.assert(
      fc.asyncProperty(list, list, async (before, after) => {
        const { added, removed, addedFunctions, removedFunctions } = await diffSnapshots(
          snapshotOf(before),
          snapshotOf(after),
          async () => undefined,
        );
        const result = new Set(before);
        for (const row of removed) expect(result.delete(textOf(row))).toBe(true);
        for (const row of added) {
          expect(result.has(textOf(row))).toBe(false);
          result.add(textOf(row));
        }
        expect(result).toEqual(new Set(after));
        const functionsOf = (list: readonly string[]): Set<string> =>
          new Set(list.map((text) => text.slice(0, text.lastIndexOf(":"))));
        expect(addedFunctions).toBe(functionsOf(after).difference(functionsOf(before)).size);
        expect(removedFunctions).toBe(functionsOf(before).difference(functionsOf(after)).size);
      }),
    );
  });
});

function rowsOf(texts: readonly string[]): readonly InventoryRow[] {
  return texts.map((text) => {
    const [serviceName = "", rest = ""] = text.split("/");
    const [functionName = "", qualifier = ""] = rest.split(":");
    return { serviceName, functionName, qualifier };
  });
}

function textOf(row: InventoryRow): string {
  return `${row.serviceName}/${row.functionName}:${row.qualifier}`;
}

function snapshotOf(texts: readonly string[]): Snapshot {
  const rows = rowsOf(texts).toSorted((left, right) => compare(left, right));
  const names = [...new Set(rows.map((row) => row.serviceName))];
  const services = names.map((serviceName): ServiceRows => {
    const own = rows.filter((row) => row.serviceName === serviceName);
    return {
      serviceName,
      functionNames: own.map((row) => row.functionName),
      qualifiers: own.map((row) => row.qualifier),
      functionCount: new Set(own.map((row) => row.functionName)).size,
    };
  });
  return {
    services,
    functionCount: services.reduce((sum, service) => sum + service.functionCount, 0),
    rowCount: rows.length,
    duplicateRows: 0,
    pages: 1,
    quirks: {},
    startedAtMs: 0,
    durationMs: 0,
  };
}

function compare(left: InventoryRow, right: InventoryRow): number {
  for (const key of ["serviceName", "functionName", "qualifier"] as const) {
    if (left[key] !== right[key]) return left[key] < right[key] ? -1 : 1;
  }
  return 0;
}
