import { createSnapshotBuilder, shareEqualServices, type Snapshot } from "@fc-async/inventory";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const none = async (): Promise<void> => undefined;

describe("a list beside the one before it", () => {
  test("says what it said, with the very services of the other where they are equal", async () => {
    const name = fc.constantFrom("a", "b", "c", "__proto__");
    const list = fc.array(fc.tuple(name, name, name));
    await fc.assert(
      fc.asyncProperty(list, list, async (earlier, later) => {
        const before = await snapshotOf(earlier, 1);
        const after = await snapshotOf(later, 2);
        const shared = await shareEqualServices(before, after, none);
        expect(shared).toEqual(after);
        for (const service of shared.services) {
          const known = before.services.find(({ serviceName }) => serviceName === service.serviceName);
          expect(service === known).toBe(JSON.stringify(service) === JSON.stringify(known));
        }
        expect(shared.services === before.services).toBe(
          JSON.stringify(after.services) === JSON.stringify(before.services),
        );
      }),
    );
  });

  test("of one large service is compared in slices that let the loop run", async () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => ["s", `f${row}`, "LATEST"] as const);
    let pauses = 0;
    const before = await snapshotOf(rows, 1);
    const shared = await shareEqualServices(before, await snapshotOf(rows, 2), async () => {
      pauses += 1;
    });
    expect(shared.services).toBe(before.services);
    expect(pauses).toBe(4);
  });
});

async function snapshotOf(
  rows: readonly (readonly [string, string, string])[],
  startedAtMs: number,
): Promise<Snapshot> {
  const builder = createSnapshotBuilder(() => true, none);
  const listed = rows.map(([serviceName, functionName, qualifier]) => ({ serviceName, functionName, qualifier }));
  builder.add({ rows: listed, nextToken: undefined, quirks: [], requestId: undefined });
  return builder.finish({ startedAtMs, durationMs: 0 });
}
