import type { InventoryRow, InventoryStore, Snapshot, Target } from "@fc-async/inventory";
import { targetId } from "@fc-async/inventory";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** One engine under test, with a clock that the test turns. */
export interface StoreUnderTest {
  readonly store: InventoryStore;
  readonly advance: (ms: number) => void;
}

const TTL_MS = 1000;
const failure = { reason: "network", message: "no route", serverCode: undefined, requestId: undefined } as const;

function target(region: string): Target {
  return {
    id: targetId("fc2", "1234567890123456", region),
    source: "fc2",
    accountId: "1234567890123456",
    regionId: region,
  };
}

export function snapshotOf(functionNames: readonly string[], startedAtMs = 0): Snapshot {
  const rows: readonly InventoryRow[] = functionNames.map((functionName) => ({
    serviceName: "s",
    functionName,
    qualifier: "",
  }));
  return {
    services: [
      {
        serviceName: "s",
        functionNames: rows.map((row) => row.functionName),
        qualifiers: rows.map((row) => row.qualifier),
        functionCount: rows.length,
      },
    ],
    functionCount: rows.length,
    rowCount: rows.length,
    duplicateRows: 0,
    pages: 1,
    quirks: {},
    startedAtMs,
    durationMs: 5,
  };
}

/** What every engine of the port must do; each engine runs it with a factory of its own. */
export function storeContract(open: () => Promise<StoreUnderTest>): void {
  const one = target("one");
  const two = target("two");
  const among = new Set([one.id, two.id]);

  async function opened(): Promise<StoreUnderTest> {
    const under = await open();
    await under.store.setTargets([one, two]);
    return under;
  }

  describe("claims", () => {
    test("give out each due target once, with a growing epoch, and again when the lease ran out", async () => {
      const { store, advance } = await opened();
      const first = await store.claim("a", TTL_MS, among);
      const second = await store.claim("b", TTL_MS, among);
      expect(new Set([first?.target.id, second?.target.id])).toEqual(among);
      expect(await store.claim("c", TTL_MS, among)).toBeUndefined();
      advance(TTL_MS);
      const again = await store.claim("c", TTL_MS, new Set([first?.target.id ?? one.id]));
      expect(again?.epoch).toBeGreaterThan(first?.epoch ?? 0);
    });

    test("keep to the targets they are among", async () => {
      const { store } = await opened();
      expect((await store.claim("a", TTL_MS, new Set([two.id])))?.target).toEqual(two);
      expect(await store.claim("a", TTL_MS, new Set([two.id]))).toBeUndefined();
    });

    test("come back at the time the last result named", async () => {
      const { store, advance } = await opened();
      const nowMs = await store.now();
      for (let i = 0; i < 2; i += 1) {
        const lease = await store.claim("a", TTL_MS, among);
        if (lease === undefined) throw new Error("nothing due");
        await store.publish(lease, snapshotOf(["a"]), nowMs + 5000);
      }
      expect(await store.nextDueAt(among)).toEqual({ dueAtMs: nowMs + 5000, nowMs });
      advance(4999);
      expect(await store.claim("a", TTL_MS, among)).toBeUndefined();
      advance(1);
      expect(await store.claim("a", TTL_MS, among)).toBeDefined();
    });
  });

  test("a target that is hastened is due at once; others, and ids that nobody knows, stay as they are", async () => {
    const { store } = await opened();
    const nowMs = await store.now();
    for (let i = 0; i < 2; i += 1) {
      const lease = await store.claim("a", TTL_MS, among);
      if (lease === undefined) throw new Error("nothing due");
      await store.publish(lease, snapshotOf(["a"]), nowMs + 5000);
    }
    await store.hasten([one.id, target("nowhere").id]);
    expect((await store.claim("a", TTL_MS, among))?.target).toEqual(one);
    expect(await store.claim("a", TTL_MS, among)).toBeUndefined();
    expect(await store.states()).toHaveLength(2);
  });

  describe("case 46: an older epoch", () => {
    test("neither publishes, fails, renews nor releases over a newer one", async () => {
      const { store, advance } = await opened();
      const only = new Set([one.id]);
      const old = await store.claim("a", TTL_MS, only);
      advance(TTL_MS);
      const fresh = await store.claim("b", TTL_MS, only);
      if (old === undefined || fresh === undefined) throw new Error("nothing due");
      expect(await store.publish(old, snapshotOf(["old"]), 0)).toEqual({ result: "fenced" });
      expect(await store.fail(old, failure, { durationMs: 1, pages: 0 }, 0)).toBe("fenced");
      expect(await store.renew(old, TTL_MS)).toBe("lost");
      await store.release(old);
      expect(await store.claim("c", TTL_MS, only)).toBeUndefined();
      expect(await store.publish(fresh, snapshotOf(["new"]), 0)).toMatchObject({ result: "published", version: 1 });
      expect((await store.state(one.id))?.snapshot?.services[0]?.functionNames).toEqual(["new"]);
    });

    test("stays older although the target vanished and came back meanwhile", async () => {
      const { store } = await opened();
      const only = new Set([one.id]);
      const old = await store.claim("a", TTL_MS, only);
      await store.setTargets([two]);
      await store.setTargets([one, two]);
      const fresh = await store.claim("b", TTL_MS, only);
      if (old === undefined || fresh === undefined) throw new Error("nothing due");
      expect(await store.publish(old, snapshotOf(["old"]), 0)).toEqual({ result: "fenced" });
      expect((await store.publish(fresh, snapshotOf(["new"]), 0)).result).toBe("published");
    });

    test("cannot publish twice with one lease", async () => {
      const { store } = await opened();
      const lease = await store.claim("a", TTL_MS, among);
      if (lease === undefined) throw new Error("nothing due");
      expect((await store.publish(lease, snapshotOf(["a"]), 0)).result).toBe("published");
      expect((await store.publish(lease, snapshotOf(["b"]), 0)).result).toBe("fenced");
    });
  });

  test("a released target is due at once, also when it was read before", async () => {
    const { store } = await opened();
    const only = new Set([one.id]);
    const nowMs = await store.now();
    const lease = await store.claim("a", TTL_MS, only);
    if (lease === undefined) throw new Error("nothing due");
    await store.publish(lease, snapshotOf(["a"]), nowMs);
    const next = await store.claim("a", TTL_MS, only);
    if (next === undefined) throw new Error("nothing due");
    await store.release(next);
    expect(await store.claim("b", TTL_MS, only)).toMatchObject({ owner: "b" });
  });

  test("a renewed lease lasts as long as it was renewed for", async () => {
    const { store, advance } = await opened();
    const lease = await store.claim("a", TTL_MS, new Set([one.id]));
    if (lease === undefined) throw new Error("nothing due");
    expect(await store.renew(lease, 10 * TTL_MS)).toBe("ok");
    advance(10 * TTL_MS - 1);
    expect(await store.claim("b", TTL_MS, new Set([one.id]))).toBeUndefined();
    advance(1);
    expect(await store.renew(lease, TTL_MS)).toBe("lost");
  });

  test("a failure keeps the list and counts, a success resets the count and tells the difference", async () => {
    const { store } = await opened();
    const only = new Set([one.id]);
    const poll = async (): Promise<NonNullable<Awaited<ReturnType<InventoryStore["claim"]>>>> => {
      const lease = await store.claim("a", TTL_MS, only);
      if (lease === undefined) throw new Error("nothing due");
      return lease;
    };
    expect(await store.publish(await poll(), snapshotOf(["a", "b"]), 0)).toEqual({
      result: "published",
      version: 1,
      diff: undefined,
    });
    await store.fail(await poll(), failure, { durationMs: 7, pages: 3 }, 0);
    expect(await store.state(one.id)).toMatchObject({
      version: 1,
      consecutiveFailures: 1,
      snapshot: { functionCount: 2 },
      lastPoll: { ok: false, durationMs: 7, pages: 3, failure },
    });
    const lease = await poll();
    expect(lease.consecutiveFailures).toBe(1);
    const published = await store.publish(lease, snapshotOf(["b", "c"]), 0);
    expect(published).toMatchObject({ version: 2, diff: { addedFunctions: 1, removedFunctions: 1 } });
    expect(await store.state(one.id)).toMatchObject({ consecutiveFailures: 0, lastPoll: { ok: true } });
  });

  test("case 49: a list that lost more than half is published and marked until a second walk confirms it", async () => {
    const { store } = await opened();
    const only = new Set([one.id]);
    const many = Array.from({ length: 50 }, (_, i) => `f${String(i).padStart(2, "0")}`);
    const marks: boolean[] = [];
    for (const names of [many, many.slice(0, 24), many.slice(0, 24), many, many.slice(0, 25), many.slice(0, 5)]) {
      const lease = await store.claim("a", TTL_MS, only);
      if (lease === undefined) throw new Error("nothing due");
      await store.publish(lease, snapshotOf(names), 0);
      marks.push((await store.state(one.id))?.shrinkUnconfirmed ?? false);
    }
    expect(marks).toEqual([false, true, false, false, false, false]);
  });

  test("a target that is no longer one vanishes with its state, and a walk of it is fenced", async () => {
    const { store } = await opened();
    const changes: string[][] = [];
    const lease = await store.claim("a", TTL_MS, new Set([one.id]));
    const unsubscribe = store.onChange((ids) => changes.push([...ids]));
    await store.setTargets([two]);
    if (lease === undefined) throw new Error("nothing due");
    expect(await store.publish(lease, snapshotOf(["a"]), 0)).toEqual({ result: "fenced" });
    expect(await store.state(one.id)).toBeUndefined();
    expect((await store.states()).map((state) => state.target)).toEqual([two]);
    expect(changes).toEqual([[one.id]]);
    unsubscribe();
    await store.setTargets([]);
    expect(changes).toHaveLength(1);
    expect(await store.nextDueAt(among)).toBeUndefined();
  });

  test("whatever two owners do, no target is ever in two hands, and only the last hand writes", async () => {
    const step = fc.constantFrom("claim-a", "claim-b", "publish", "publish-oldest", "wait");
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { store, advance } = await opened();
        const leases: { readonly id: string; readonly epoch: number; readonly publish: () => Promise<string> }[] = [];
        const newest = new Map<string, number>();
        const done = new Set<string>();
        for (const [i, name] of steps.entries()) {
          if (name === "wait") advance(TTL_MS / 2);
          else if (name.startsWith("claim")) {
            const lease = await store.claim(name, TTL_MS, among);
            if (lease === undefined) continue;
            expect(lease.epoch).toBeGreaterThan(newest.get(lease.target.id) ?? 0);
            newest.set(lease.target.id, lease.epoch);
            const publish = async (): Promise<string> => (await store.publish(lease, snapshotOf([`f${i}`]), 0)).result;
            leases.push({ id: lease.target.id, epoch: lease.epoch, publish });
          } else {
            const lease = name === "publish" ? leases.at(-1) : leases[0];
            if (lease === undefined) continue;
            const isHolder = newest.get(lease.id) === lease.epoch && !done.has(`${lease.id}#${lease.epoch}`);
            expect(await lease.publish()).toBe(isHolder ? "published" : "fenced");
            done.add(`${lease.id}#${lease.epoch}`);
          }
        }
      }),
    );
  });
}
