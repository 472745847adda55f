import { createMemoryInventoryStore, createMemoryRecordStore, type Lease, type Target } from "@fc-async/inventory";
import { describe, expect, test } from "vitest";
import { snapshotOf, storeContract } from "./store-contract.ts";

function clock(): { readonly now: () => number; readonly advance: (ms: number) => void } {
  let nowMs = Date.UTC(2026, 10, 23);
  return {
    now: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

describe("the inventory in memory", () => {
  storeContract(async () => {
    const { now, advance } = clock();
    return { store: createMemoryInventoryStore({ now, yieldToLoop: async () => undefined }), advance };
  });
});

test("a list that is overtaken while it is compared is not published over the newer one", async () => {
  const { now } = clock();
  const one: Target = { id: "fc2/1/r", source: "fc2", accountId: "1", regionId: "r" };
  const only = new Set([one.id]);
  let overtake: () => Promise<void> = async () => undefined;
  const store = createMemoryInventoryStore({ now, yieldToLoop: () => overtake() });
  await store.setTargets([one]);
  const claimed = async (): Promise<Lease> => {
    const lease = await store.claim("a", 1000, only);
    if (lease === undefined) throw new Error("nothing due");
    return lease;
  };
  const names = Array.from({ length: 10_000 }, (_, i) => `f${i}`).toSorted();
  await store.publish(await claimed(), snapshotOf(names), 0);
  const slow = await claimed();
  overtake = async () => {
    overtake = async () => undefined;
    await store.release(slow);
    await store.publish(await claimed(), snapshotOf(["newer"]), 0);
  };
  expect(await store.publish(slow, snapshotOf(["older"]), 0)).toEqual({ result: "fenced" });
  expect((await store.state(one.id))?.snapshot?.services[0]?.functionNames).toEqual(["newer"]);
});

describe("records in memory", () => {
  test("are written only over the version that was read", async () => {
    const records = createMemoryRecordStore();
    expect(await records.put("n", "k", { a: 1 }, { expectedVersion: 0 })).toBe(1);
    expect(await records.put("n", "k", { a: 2 }, { expectedVersion: 0 })).toBe("conflict");
    expect(await records.put("n", "k", { a: 2 }, { expectedVersion: 1 })).toBe(2);
    expect(await records.get("n", "k")).toEqual({ value: { a: 2 }, version: 2 });
    expect(await records.get("other", "k")).toBeUndefined();
    await records.delete("n", "k");
    expect(await records.list("n")).toEqual(new Map());
  });

  test("vanish when their time is over, and may then be written as new", async () => {
    const { now, advance } = clock();
    const records = createMemoryRecordStore({ now });
    await records.put("seen", "id", null, { expectedVersion: 0, ttlMs: 1000 });
    await records.put("seen", "kept", true, { expectedVersion: 0 });
    advance(999);
    expect(await records.put("seen", "id", null, { expectedVersion: 0, ttlMs: 1000 })).toBe("conflict");
    advance(1);
    expect([...(await records.list("seen")).keys()]).toEqual(["kept"]);
    expect(await records.put("seen", "id", null, { expectedVersion: 0, ttlMs: 1000 })).toBe(1);
  });

  test("are not changed by changing what was written", async () => {
    const records = createMemoryRecordStore();
    const value = { list: [1] };
    await records.put("n", "k", value, { expectedVersion: 0 });
    value.list.push(2);
    expect((await records.get("n", "k"))?.value).toEqual({ list: [1] });
  });
});
