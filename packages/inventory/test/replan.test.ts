import { type InventoryRow, type Source } from "@fc-async/inventory";
import { FcApiError } from "@fc-async/protocol";
import { describe, expect, test } from "vitest";

import { down, MINUTE_MS, page, planOf, reading, scene, sourceOf, target, typesOf } from "./poll-scene.ts";

describe("another plan", () => {
  const shanghai = target("cn-shanghai");
  const beijing = target("cn-beijing");
  const listOf = (...names: readonly string[]): Source => sourceOf(() => [page(names)])();

  test("drops what is no longer in it, reads what is new at once, and leaves the others their list and their due time", async () => {
    const one = { ...reading, source: listOf("a"), keep: () => true };
    const { time, store, events, start, stop, replan } = scene(() => one.source, { targets: [target(), shanghai] });
    await replan(planOf([target(), shanghai], one));
    await start();
    await time.advance(MINUTE_MS / 2);
    const kept = await store.state(target().id);
    await replan(planOf([target(), beijing], one));
    expect((await store.states()).map((state) => state.target.id).toSorted()).toEqual([beijing.id, target().id]);
    expect(await store.state(target().id)).toBe(kept);
    expect((await store.state(beijing.id))?.snapshot?.functionCount).toBe(1);
    expect(events.filter(({ type }) => type === "poll_succeeded")).toHaveLength(3);
    await time.advance(MINUTE_MS);
    expect((await store.state(target().id))?.version).toBe(2);
    await stop();
  });

  test("reads again at once what it reads in another way, and shows the old list until then", async () => {
    const { time, events, names, start, stop, replan } = scene(() => listOf("a", "tmp-b"));
    await start();
    await time.advance(1000);
    expect(await names()).toEqual(["a", "tmp-b"]);
    const keep = (row: InventoryRow): boolean => !row.functionName.startsWith("tmp-");
    await replan(planOf([target()], { ...reading, source: listOf("a", "tmp-b"), keep }));
    expect(await names()).toEqual(["a"]);
    expect(typesOf(events).filter((type) => type === "poll_succeeded")).toHaveLength(2);
    await stop();
  });

  test("ends the walks of what is gone or read in another way: neither fails, and the lease is free", async () => {
    const silent: Source = async function* read(_, { signal }) {
      yield page(["half"], true);
      await new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    };
    const { events, store, names, start, stop, replan } = scene(() => silent, { targets: [target(), shanghai] });
    await start();
    expect(typesOf(events)).toEqual(["poll_started", "poll_started"]);
    await replan(planOf([target()], { ...reading, source: listOf("whole"), keep: () => true }));
    expect(typesOf(events)).toEqual(["poll_started", "poll_started", "poll_started", "poll_succeeded"]);
    expect(await names()).toEqual(["whole"]);
    expect(await store.states()).toHaveLength(1);
    await stop();
  });

  test("tries at once what failed, for somebody wants to see whether it is over, but not what is throttled", async () => {
    const throttled = new FcApiError("slow down", {
      status: 429,
      reason: "throttled",
      serverCode: "Throttling",
      serverMessage: undefined,
      requestId: "req-1",
      traceId: undefined,
      retryable: true,
      retryAtMs: undefined,
      nextStep: "wait",
    });
    const asked: string[] = [];
    const source: Source = ({ regionId }) =>
      (async function* read() {
        asked.push(regionId);
        await Promise.resolve();
        if (regionId === "cn-shanghai") throw throttled;
        if (regionId !== "") throw down();
        yield page([]);
      })();
    const how = { ...reading, source, keep: () => true };
    const { start, stop, replan } = scene(() => source, { targets: [target(), shanghai] });
    await replan(planOf([target(), shanghai], how));
    await start();
    expect(asked.toSorted()).toEqual(["cn-hangzhou", "cn-shanghai"]);
    await replan(planOf([target(), shanghai], how));
    expect(asked.slice(2)).toEqual(["cn-hangzhou"]);
    await stop();
  });

  test("counts from the next walk on when only its interval is another", async () => {
    const how = { ...reading, source: listOf("a"), keep: () => true };
    const { time, state, start, stop, replan } = scene(() => how.source);
    await replan(planOf([target()], how));
    await start();
    await replan({
      targets: new Map([[target().id, { target: target(), reading: how, intervalMs: 5 * MINUTE_MS }]]),
      concurrency: 8,
    });
    await time.advance(1.2 * MINUTE_MS);
    expect((await state()).version).toBe(2);
    await time.advance(4 * MINUTE_MS);
    expect((await state()).version).toBe(2);
    await time.advance(2 * MINUTE_MS);
    expect((await state()).version).toBe(3);
    await stop();
  });

  test("reaches a store that did not answer as soon as it does", async () => {
    let answers = false;
    const how = { ...reading, source: listOf("a"), keep: () => true };
    const { time, store, events, start, stop, replan } = scene(() => how.source, {
      store: (memory) => ({
        ...memory,
        setTargets: (targets) => (answers ? memory.setTargets(targets) : Promise.reject(new Error("no store"))),
      }),
    });
    await start();
    await replan(planOf([target(), beijing], how));
    expect(typesOf(events)).toEqual(["store_down"]);
    answers = true;
    await time.advance(MINUTE_MS);
    expect((await store.states()).map(({ snapshot }) => snapshot?.functionCount)).toEqual([1, 1]);
    await stop();
  });
});
