import {
  createMemoryInventoryStore,
  createPoller,
  nameFilter,
  rowsOf,
  snapshotState,
  targetId,
  type InventoryRow,
  type InventoryStore,
  type PollEvent,
  type PollPlan,
  type Reading,
  type Source,
  type Target,
  type TargetState,
} from "@fc-async/inventory";
import { FcApiError, FcNetworkError, FcPaginationError, type Page } from "@fc-async/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fakeTime, type FakeTime } from "./fake-time.ts";

const MINUTE_MS = 60_000;

function target(region = "cn-hangzhou"): Target {
  const accountId = "1234567890123456";
  return { id: targetId("fc2", accountId, region), source: "fc2", accountId, regionId: region };
}

function page(names: readonly string[], more = false): Page<InventoryRow> {
  const rows = names.map((name) => ({ serviceName: "orders", functionName: name, qualifier: "LATEST" }));
  return { rows, nextToken: more ? "more" : undefined, quirks: [], requestId: "req-1" };
}

function sourceOf(pages: () => readonly (Page<InventoryRow> | Error)[]): () => Source {
  return () =>
    async function* read(_, { signal }) {
      for (const answer of pages()) {
        signal?.throwIfAborted();
        if (answer instanceof Error) throw answer;
        yield answer;
      }
    };
}

interface Scene {
  readonly time: FakeTime;
  readonly store: InventoryStore;
  readonly events: readonly PollEvent[];
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly replan: (plan: PollPlan) => Promise<void>;
  readonly state: (of?: Target) => Promise<TargetState>;
  readonly names: () => Promise<readonly string[]>;
}

interface SceneOptions {
  readonly targets?: readonly Target[];
  readonly concurrency?: number;
  readonly store?: (store: InventoryStore) => InventoryStore;
  readonly keep?: (row: InventoryRow) => boolean;
  /** Makes the store's clock of the time that passes. */
  readonly clock?: (now: () => number) => () => number;
}

const reading = { limiter: undefined, walkDeadlineMs: 10 * MINUTE_MS };

function planOf(targets: readonly Target[], how: Reading, concurrency = 8): PollPlan {
  const polled = targets.map((each) => [each.id, { target: each, reading: how, intervalMs: MINUTE_MS }] as const);
  return { targets: new Map(polled), concurrency };
}

function scene(source: (time: FakeTime) => Source, options: SceneOptions = {}): Scene {
  const { targets = [target()], concurrency = 8, keep = () => true } = options;
  const time = fakeTime();
  const now = options.clock?.(time.now) ?? time.now;
  const memory = createMemoryInventoryStore({ ...time, now });
  const store = options.store?.(memory) ?? memory;
  const events: PollEvent[] = [];
  const poller = createPoller({
    ...time,
    now,
    store,
    plan: planOf(targets, { ...reading, source: source(time), keep }, concurrency),
    owner: "test",
    leaseTtlMs: 90_000,
    onEvent: (event) => events.push(event),
  });
  const state = async (of = target()): Promise<TargetState> => {
    const found = await memory.state(of.id);
    if (found === undefined) throw new Error("no such target");
    return found;
  };
  return {
    time,
    store: memory,
    events,
    start: async () => {
      poller.start();
      await time.settle();
    },
    stop: () => poller.stop(),
    replan: async (plan) => {
      poller.replan(plan);
      await time.settle();
    },
    state,
    names: async () => {
      const { snapshot } = await state();
      return snapshot === undefined ? [] : [...rowsOf(snapshot)].map(({ functionName }) => functionName);
    },
  };
}

const typesOf = (events: readonly PollEvent[]): readonly string[] => events.map(({ type }) => type);
const down = (): Error => new FcNetworkError("no route", { reason: "network", retryable: true });

describe("polling", () => {
  test("reads every target at once after the start, and again an interval later, give or take a tenth", async () => {
    const { time, events, start, stop, state } = scene(sourceOf(() => [page(["a"], true), page(["b"])]));
    await start();
    expect(typesOf(events)).toEqual(["poll_started", "poll_succeeded"]);
    expect((await state()).snapshot).toMatchObject({ functionCount: 2, rowCount: 2, pages: 2 });
    await time.advance(0.89 * MINUTE_MS);
    expect((await state()).version).toBe(1);
    await time.advance(0.22 * MINUTE_MS);
    expect((await state()).version).toBe(2);
    await stop();
  });

  test("case 1: keeps the last complete list when a page fails for ever, and tells why", async () => {
    let broken = false;
    const { time, events, start, stop, state, names } = scene(
      sourceOf(() => (broken ? [page(["new"], true), down()] : [page(["a", "b"])])),
    );
    await start();
    broken = true;
    await time.advance(5 * MINUTE_MS);
    expect(await names()).toEqual(["a", "b"]);
    const failing = await state();
    expect(failing).toMatchObject({ version: 1, lastPoll: { ok: false, pages: 1, failure: { reason: "network" } } });
    expect(snapshotState(failing, { nowMs: time.now(), maxStalenessMs: 15 * MINUTE_MS })).toBe("stale");
    expect(typesOf(events)).toContain("poll_failed");
    await time.advance(11 * MINUTE_MS);
    expect(snapshotState(await state(), { nowMs: time.now(), maxStalenessMs: 15 * MINUTE_MS })).toBe("expired");
    expect(snapshotState(await state(), { nowMs: time.now(), maxStalenessMs: 0 })).toBe("stale");
    await stop();
  });

  test("a target that was never read is in no state, not at zero", async () => {
    const { start, stop, state, time } = scene(sourceOf(() => [down()]));
    await start();
    expect((await state()).snapshot).toBeUndefined();
    expect(snapshotState(await state(), { nowMs: time.now(), maxStalenessMs: 1 })).toBe("none");
    await stop();
  });

  test("publishes the old list or the new one, never a mixture, whichever page fails", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 6 }), async (failAt) => {
        let walks = 0;
        const { time, start, stop, names } = scene(
          sourceOf(() => {
            walks += 1;
            const pages: (Page<InventoryRow> | Error)[] = [0, 1, 2, 3, 4, 5].map((i) => page([`${walks}-${i}`], i < 5));
            if (walks > 1 && failAt < 6) pages[failAt] = down();
            return pages;
          }),
        );
        await start();
        await time.advance(1.2 * MINUTE_MS);
        const seen = new Set((await names()).map((name) => name.split("-")[0]));
        expect(await names()).toHaveLength(6);
        expect([...seen]).toEqual([failAt < 6 ? "1" : "2"]);
        await stop();
      }),
      { numRuns: 14 },
    );
  });

  test("case 34: backs off from a dead target to two calls an hour, and leaves the others on time", async () => {
    const dead = target("cn-dead");
    const calls = new Map<string, number>();
    const { time, start, stop } = scene(
      (): Source =>
        async function* read(each) {
          calls.set(each.regionId, (calls.get(each.regionId) ?? 0) + 1);
          if (each.regionId === dead.regionId) throw down();
          yield page(["a"]);
        },
      { targets: [target(), dead] },
    );
    await start();
    await time.advance(3 * 60 * MINUTE_MS);
    const before = calls.get(dead.regionId) ?? 0;
    await time.advance(60 * MINUTE_MS);
    const callsInAnHour = (calls.get(dead.regionId) ?? 0) - before;
    expect(callsInAnHour).toBeGreaterThanOrEqual(2);
    expect(callsInAnHour).toBeLessThanOrEqual(3);
    expect(calls.get("cn-hangzhou")).toBeGreaterThan(200);
    await stop();
  });

  describe("case 14: the service says when to come back", () => {
    async function throttledUntil(waitMs: number): Promise<{ seen: Scene; walks: () => number }> {
      let walks = 0;
      const time = fakeTime();
      const throttled = new FcApiError("slow down", {
        reason: "throttled",
        status: 429,
        serverCode: "Throttling.User",
        serverMessage: undefined,
        requestId: "req-7",
        traceId: undefined,
        retryable: true,
        retryAtMs: time.now() + waitMs,
        nextStep: "wait",
      });
      const seen = scene(
        sourceOf(() => {
          walks += 1;
          return [throttled];
        }),
      );
      await seen.start();
      return { seen, walks: () => walks };
    }

    test("and is asked no sooner", async () => {
      const { seen, walks } = await throttledUntil(60 * MINUTE_MS);
      await seen.time.advance(59 * MINUTE_MS);
      expect(walks()).toBe(1);
      expect((await seen.state()).lastPoll).toMatchObject({
        failure: { reason: "throttled", serverCode: "Throttling.User", requestId: "req-7" },
      });
      await seen.time.advance(2 * MINUTE_MS);
      expect(walks()).toBe(2);
      await seen.stop();
    });

    test("but a day later at the latest, whatever it says", async () => {
      const { seen } = await throttledUntil(999_999_999_000);
      expect((await seen.state()).nextDueAtMs).toBe(seen.time.now() + 24 * 60 * MINUTE_MS);
      await seen.stop();
    });
  });

  const refused = (): Error => new FcPaginationError("the token has expired", { problem: "refused_token" });

  test("case 12: reads a list again from its start when its token is refused on the way, once", async () => {
    const readings = [
      [page(["gone", "a"], true), refused()],
      [page(["a", "b"], true), page(["c"])],
    ];
    const { start, stop, state, names, events } = scene(sourceOf(() => readings.shift() ?? []));
    await start();
    expect(await names()).toEqual(["a", "b", "c"]);
    expect(typesOf(events)).toEqual(["poll_started", "poll_succeeded"]);
    expect((await state()).snapshot).toMatchObject({ pages: 2, duplicateRows: 0, quirks: { refused_token: 1 } });
    await stop();
  });

  test("case 12: fails with reason pagination when it is refused a second time, and keeps the list before", async () => {
    let isExpiring = false;
    let readings = 0;
    const { time, start, stop, state, names } = scene(
      sourceOf(() => {
        readings += 1;
        return isExpiring ? [page(["new"], true), refused()] : [page(["a"])];
      }),
    );
    await start();
    isExpiring = true;
    await time.advance(1.2 * MINUTE_MS);
    expect(readings).toBe(3);
    expect(await names()).toEqual(["a"]);
    expect(await state()).toMatchObject({ lastPoll: { ok: false, failure: { reason: "pagination" } } });
    await stop();
  });

  test("case 10: counts a row once that stands on two pages", async () => {
    const { start, stop, state } = scene(sourceOf(() => [page(["a", "b"], true), page(["b", "c"])]));
    await start();
    expect((await state()).snapshot).toMatchObject({ functionCount: 3, rowCount: 3, duplicateRows: 1 });
    await stop();
  });

  test("leaves out what the account's filter leaves out", async () => {
    const keep = nameFilter({ services: ["*"], functions: ["*"] }, { services: [], functions: ["tmp-*", "*-old"] });
    const { start, stop, names } = scene(
      sourceOf(() => [page(["a", "tmp-a", "b-old", "b"])]),
      { keep },
    );
    await start();
    expect(await names()).toEqual(["a", "b"]);
    await stop();
  });

  test("ends a walk at its deadline, longer ones of others notwithstanding", async () => {
    const { time, start, stop, state, events } = scene(
      (clock: FakeTime): Source =>
        async function* read(_, scope) {
          for (;;) {
            await scope.beforeWait?.(MINUTE_MS);
            await clock.sleep(MINUTE_MS, scope.signal);
            yield page(["a"], true);
          }
        },
    );
    await start();
    await time.advance(10 * MINUTE_MS + 1);
    expect((await state()).lastPoll).toMatchObject({ ok: false, failure: { reason: "timeout" }, pages: 9 });
    expect(typesOf(events)).toEqual(["poll_started", "poll_failed", "polls_skipped"]);
    await stop();
  });

  test("walks a target once at a time, also when a walk hangs past its lease, and counts it as failed at its deadline", async () => {
    let walks = 0;
    const { time, start, stop, state, events } = scene(
      (): Source =>
        async function* read(_, { signal }) {
          walks += 1;
          if (walks > 1)
            await new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
          yield page(["a"]);
        },
    );
    await start();
    await time.advance(10 * MINUTE_MS);
    expect(walks).toBe(2);
    await time.advance(2 * MINUTE_MS);
    expect(await state()).toMatchObject({ version: 1, lastPoll: { ok: false, failure: { reason: "timeout" } } });
    expect(typesOf(events)).not.toContain("fenced");
    await stop();
  });

  test.each([page(["a"]), down()])("counts the polls that a long walk swallowed, however it ends", async (end) => {
    const { time, start, stop, events } = scene(
      (clock: FakeTime): Source =>
        async function* read(_, scope) {
          await scope.beforeWait?.(3.5 * MINUTE_MS);
          await clock.sleep(3.5 * MINUTE_MS, scope.signal);
          if (end instanceof Error) throw end;
          yield end;
        },
    );
    await start();
    await time.advance(3.5 * MINUTE_MS);
    expect(events.find(({ type }) => type === "polls_skipped")).toMatchObject({ count: 3 });
    await stop();
  });

  test("never has more walks under way than it may, and never two of one target", async () => {
    const targets = Array.from({ length: 9 }, (_, i) => target(`region-${i}`));
    const running = new Map<string, number>();
    let most = 0;
    const { time, start, stop, store } = scene(
      (clock: FakeTime): Source =>
        async function* read(each, { signal }) {
          running.set(each.id, (running.get(each.id) ?? 0) + 1);
          expect(running.get(each.id)).toBe(1);
          most = Math.max(
            most,
            [...running.values()].reduce((a, b) => a + b, 0),
          );
          await clock.sleep(1000, signal);
          running.set(each.id, 0);
          yield page(["a"]);
        },
      { targets, concurrency: 3 },
    );
    await start();
    await time.advance(3000);
    expect(most).toBe(3);
    expect((await store.states()).map(({ version }) => version)).toEqual(targets.map(() => 1));
    await stop();
  });
});

test("with one walk at a time the target that has been due longest comes first", async () => {
  const targets = ["a", "b", "c"].map((region) => target(region));
  const order: string[] = [];
  const { time, start, stop } = scene(
    (clock: FakeTime): Source =>
      async function* read(each, { signal }) {
        order.push(each.regionId);
        await clock.sleep(40_000, signal);
        yield page(["a"]);
      },
    { targets, concurrency: 1 },
  );
  await start();
  await time.advance(20 * MINUTE_MS);
  const turns = targets.map(({ regionId }) => order.filter((each) => each === regionId).length);
  expect(Math.max(...turns) - Math.min(...turns)).toBeLessThanOrEqual(1);
  await stop();
});

test("the targets of a fleet drift apart", async () => {
  const targets = Array.from({ length: 20 }, (_, i) => target(`region-${i}`));
  const { start, stop, store, time } = scene(
    sourceOf(() => [page(["a"])]),
    { targets },
  );
  await start();
  const dueInMs = (await store.states()).map(({ nextDueAtMs }) => nextDueAtMs - time.now());
  expect(new Set(dueInMs).size).toBeGreaterThan(15);
  expect(Math.min(...dueInMs)).toBeGreaterThanOrEqual(0.9 * MINUTE_MS);
  expect(Math.max(...dueInMs)).toBeLessThanOrEqual(1.1 * MINUTE_MS);
  await stop();
});

test("a clock that is set back delays no poll, and puts no list into the future", async () => {
  let backMs = 0;
  let walks = 0;
  const { time, start, stop, state, store } = scene(
    sourceOf(() => {
      walks += 1;
      return [page(["a"])];
    }),
    {
      clock: (now) => () => now() - backMs,
    },
  );
  await start();
  await time.advance(30_000);
  backMs = 60 * MINUTE_MS;
  // What passed since the store was last asked is not known to it.
  const ageMs = (await store.now()) - ((await state()).snapshot?.startedAtMs ?? Infinity);
  expect(ageMs).toBeGreaterThanOrEqual(0);
  expect(ageMs).toBeLessThanOrEqual(30_000);
  await time.advance(2 * MINUTE_MS);
  expect(walks).toBeGreaterThanOrEqual(3);
  await stop();
});

describe("a lease", () => {
  test("is given back when polling stops in the middle of a walk, and the target is due at once", async () => {
    const { start, stop, store, time, events } = scene(
      (clock: FakeTime): Source =>
        async function* read(_, { signal }) {
          await clock.sleep(MINUTE_MS, signal);
          yield page(["a"]);
        },
    );
    await start();
    await stop();
    expect(typesOf(events)).toEqual(["poll_started"]);
    const lease = await store.claim("next", 1000, new Set([target().id]));
    expect(lease).toMatchObject({ owner: "next", claimedAtMs: time.now(), consecutiveFailures: 0 });
  });

  test("that ran out ends the walk without a result", async () => {
    const { time, start, stop, state, events } = scene(
      (clock: FakeTime): Source =>
        async function* read(_, { signal }) {
          await clock.sleep(2 * MINUTE_MS, signal);
          yield page(["a"]);
        },
    );
    await start();
    await time.advance(2 * MINUTE_MS);
    expect(typesOf(events)).toContain("lease_lost");
    expect((await state()).version).toBe(0);
    await stop();
  });
});

test("a result that comes too late is told as such, and changes nothing", async () => {
  const { time, start, stop, state, events } = scene(
    sourceOf(() => [page(["a"])]),
    {
      store: (memory) => ({
        ...memory,
        // Another process takes the target over while this one compares the lists.
        publish: async (lease, ...rest) => {
          await memory.release(lease);
          await memory.claim("other", MINUTE_MS, new Set([lease.target.id]));
          return memory.publish(lease, ...rest);
        },
      }),
    },
  );
  await start();
  expect(typesOf(events)).toEqual(["poll_started", "fenced"]);
  expect((await state()).version).toBe(0);
  await time.settle();
  await stop();
});

test("a store that fails in the middle of a walk is not the upstream's failure", async () => {
  const { start, stop, state, events } = scene(
    sourceOf(() => [page(["a"])]),
    { store: (memory) => ({ ...memory, renew: () => Promise.reject(new Error("connection refused")) }) },
  );
  await start();
  expect(typesOf(events)).toContain("store_down");
  expect(typesOf(events)).not.toContain("poll_failed");
  expect((await state()).lastPoll).toBeUndefined();
  await stop();
});

test("a store that does not answer is told of once, rested from, and used again", async () => {
  let isDown = false;
  const { time, start, stop, events, state } = scene(
    sourceOf(() => [page(["a"])]),
    {
      store: (memory) => ({
        ...memory,
        claim: async (...args) => {
          if (isDown) throw new Error("connection refused");
          return memory.claim(...args);
        },
      }),
    },
  );
  await start();
  isDown = true;
  await time.advance(10 * MINUTE_MS);
  expect(typesOf(events).filter((type) => type === "store_down")).toHaveLength(1);
  isDown = false;
  await time.advance(MINUTE_MS);
  expect(typesOf(events)).toContain("store_up");
  expect((await state()).version).toBeGreaterThanOrEqual(2);
  await stop();
});

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
