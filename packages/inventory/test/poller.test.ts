import { nameFilter, snapshotState, type InventoryRow, type Source } from "@fc-async/inventory";
import { FcApiError, FcPaginationError, type Page } from "@fc-async/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fakeTime, type FakeTime } from "./fake-time.ts";

import { down, MINUTE_MS, page, scene, type Scene, sourceOf, target, typesOf } from "./poll-scene.ts";

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
