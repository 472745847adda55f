import type { Exposition } from "@fc-async/exposition";
import { createMemoryInventoryStore } from "@fc-async/inventory";
import { expect, test } from "vitest";
import { createTargetMetrics } from "../src/metrics/target-metrics.ts";
import { seriesOf, snapshotOf, TARGET as target } from "./targets.ts";

const PLAN = {
  targets: [{ target, alias: undefined, intervalMs: 60_000 }],
  maxStalenessMs: 0,
  maxInfoSeries: 10,
  maxServiceSeries: 10,
};

/** A store, and the metrics of its target, with everything that reached the exposition. */
function scene() {
  const store = createMemoryInventoryStore({ now: () => 0 });
  const published: ReadonlyMap<string, number>[] = [];
  const clock = { nowMs: 0 };
  const removed: string[] = [];
  const exposition: Pick<Exposition, "setTarget" | "removeTarget"> = {
    setTarget: async (_, { families }) => {
      published.push(await seriesOf(families));
      return "published";
    },
    removeTarget: (key) => removed.push(key),
  };
  const errors: unknown[] = [];
  const metrics = createTargetMetrics({
    store,
    exposition: { ...exposition, scrape: () => expect.unreachable() },
    plan: PLAN,
    monotonicNow: () => clock.nowMs,
    onError: (error) => errors.push(error),
  });
  return { store, metrics, published, removed, errors, clock };
}

test("a list and the poll that read it appear together, in one rendering", async () => {
  const { store, metrics, published } = scene();
  await store.setTargets([target]);
  await metrics.settled();
  published.length = 0;
  const lease = await store.claim("me", 1000, new Set([target.id]));
  if (lease === undefined) throw new Error("the target is due");
  const snapshot = await snapshotOf([["orders", "pay", "LATEST"]]);
  await store.publish(lease, snapshot, 60_000);
  metrics.observe({ type: "poll_succeeded", target, snapshot, diff: undefined, nextDueAtMs: 60_000 });
  await metrics.settled();
  expect(published).toHaveLength(1);
  expect(published[0]?.get("aliyun_fc_async_task_account_functions")).toBe(1);
  expect(published[0]?.get("aliyun_fc_async_task_polls_total")).toBe(1);
});

test("a target that leaves the store loses all its series, and what is not its own changes nothing", async () => {
  const { store, metrics, removed, published } = scene();
  await store.setTargets([target, { ...target, id: "fc2/1234567890123456/cn-beijing", regionId: "cn-beijing" }]);
  await metrics.settled();
  expect(published).toHaveLength(1);
  await store.setTargets([]);
  await metrics.settled();
  expect(removed).toEqual([target.id]);
});

test("what cannot be read is told, and the next change is exposed again", async () => {
  const { store, metrics, published, errors } = scene();
  const { state } = store;
  store.state = () => Promise.reject(new Error("store is away"));
  await store.setTargets([target]);
  await metrics.settled();
  expect(errors).toEqual([new Error("store is away")]);
  store.state = state;
  metrics.observe({ type: "polls_skipped", target, count: 1 });
  await metrics.settled();
  expect(published).toHaveLength(1);
});

test("a plan without a target takes its series away at once, and one that comes back later counts from nothing", async () => {
  const { store, metrics, removed, published } = scene();
  await store.setTargets([target]);
  metrics.observe({ type: "polls_skipped", target, count: 5 });
  await metrics.settled();
  expect(published.at(-1)?.get("aliyun_fc_async_task_polls_skipped_total")).toBe(5);
  metrics.observe({ type: "polls_skipped", target, count: 1 });
  metrics.replan({ ...PLAN, targets: [] });
  expect(removed).toEqual([target.id]);
  const before = published.length;
  // What was under way when the plan came must not bring the series back.
  await new Promise((resolve) => setImmediate(resolve));
  await metrics.settled();
  expect(published).toHaveLength(before);
  metrics.replan(PLAN);
  metrics.observe({ type: "polls_skipped", target, count: 1 });
  await metrics.settled();
  expect(published.at(-1)?.get("aliyun_fc_async_task_polls_skipped_total")).toBe(1);
});

test("a plan that keeps a target keeps its counters, and shows its new interval and name", async () => {
  const { store, metrics, published } = scene();
  await store.setTargets([target]);
  metrics.observe({ type: "polls_skipped", target, count: 5 });
  await metrics.settled();
  metrics.replan({ ...PLAN, targets: [{ target, alias: "prod", intervalMs: 30_000 }] });
  await metrics.settled();
  const last = published.at(-1);
  expect(last?.get("aliyun_fc_async_task_polls_skipped_total")).toBe(5);
  expect(last?.get("aliyun_fc_async_task_poll_interval_seconds")).toBe(30);
  expect(last?.get('aliyun_fc_async_task_target_info{alias="prod"}')).toBe(1);
});

test("the calls of a running walk appear once a second, and nobody who asks waits for that", async () => {
  const { store, metrics, published, clock } = scene();
  await store.setTargets([target]);
  await metrics.settled();
  published.length = 0;
  const attempt = (): void =>
    metrics.observe({
      type: "call",
      target,
      call: { type: "attempt", outcome: "ok", durationMs: 1, status: 200, requestId: undefined, traceId: undefined },
    });
  attempt();
  await metrics.refresh();
  await metrics.settled();
  expect(published).toEqual([]);
  clock.nowMs = 1000;
  await metrics.refresh();
  expect(published).toEqual([]);
  await metrics.settled();
  expect(published.map((series) => series.get("aliyun_fc_api_requests_total"))).toEqual([1]);
  clock.nowMs = 2000;
  attempt();
  await metrics.settled();
  expect(published.map((series) => series.get("aliyun_fc_api_requests_total"))).toEqual([1, 2]);
});
