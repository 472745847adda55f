import { snapshotState, type Snapshot, type TargetState } from "@fc-async/inventory";
import { expect, test } from "vitest";
import { createInventoryFamilies } from "../src/metrics/inventory-families.ts";
import { pollFailure, seriesOf, snapshotOf, stateOf } from "./targets.ts";

const OPTIONS = { alias: "prod", intervalMs: 60_000, maxInfoSeries: 10_000, maxServiceSeries: 8000 };
const POLL = { atMs: 5000, durationMs: 2000, pages: 3 };
const ROWS = [
  ["orders", "pay", "LATEST"],
  ["orders", "pay", "v1"],
  ["search", "index", "LATEST"],
] as const;

/** The series of a state that is looked at five seconds after the epoch. */
async function seriesIn(state: TargetState, options: Partial<typeof OPTIONS> = {}): Promise<object> {
  const families = createInventoryFamilies({ ...OPTIONS, ...options });
  const shown = snapshotState(state, { nowMs: 5000, maxStalenessMs: 0 });
  return Object.fromEntries(await seriesOf(families(state, shown)));
}

test("of a target that nobody tried yet there is health alone", async () => {
  expect(await seriesIn(stateOf({}))).toEqual({
    'aliyun_fc_async_task_target_info{alias="prod"}': 1,
    aliyun_fc_async_task_up: 0,
    aliyun_fc_async_task_snapshot_stale: 0,
    aliyun_fc_async_task_shrink_unconfirmed: 0,
    aliyun_fc_async_task_poll_interval_seconds: 60,
  });
});

test("a list that was read whole is counted by service, by function and by qualifier", async () => {
  const state = stateOf({ snapshot: await snapshotOf(ROWS), lastPoll: { ok: true, ...POLL }, shrinkUnconfirmed: true });
  expect(await seriesIn(state)).toEqual({
    'aliyun_fc_async_task_functions{service_name="orders"}': 1,
    'aliyun_fc_async_task_functions{service_name="search"}': 1,
    'aliyun_fc_async_task_qualifiers{service_name="orders"}': 2,
    'aliyun_fc_async_task_qualifiers{service_name="search"}': 1,
    'aliyun_fc_async_task_function_info{service_name="orders",function_name="pay",qualifier="LATEST"}': 1,
    'aliyun_fc_async_task_function_info{service_name="orders",function_name="pay",qualifier="v1"}': 1,
    'aliyun_fc_async_task_function_info{service_name="search",function_name="index",qualifier="LATEST"}': 1,
    aliyun_fc_async_task_services: 2,
    aliyun_fc_async_task_account_functions: 2,
    aliyun_fc_async_task_series_dropped: 0,
    aliyun_fc_async_task_overflow_services: 0,
    aliyun_fc_async_task_duplicate_rows: 0,
    'aliyun_fc_async_task_target_info{alias="prod"}': 1,
    aliyun_fc_async_task_up: 1,
    aliyun_fc_async_task_last_poll_timestamp_seconds: 5,
    aliyun_fc_async_task_last_poll_duration_seconds: 2,
    aliyun_fc_async_task_last_poll_pages: 3,
    aliyun_fc_async_task_last_success_timestamp_seconds: 2,
    aliyun_fc_async_task_snapshot_stale: 0,
    aliyun_fc_async_task_shrink_unconfirmed: 1,
    aliyun_fc_async_task_poll_interval_seconds: 60,
  });
});

test("after a failure the list stays, with the time it was read", async () => {
  const lastPoll = { ok: false, ...POLL, failure: pollFailure("server") } as const;
  expect(await seriesIn(stateOf({ snapshot: await snapshotOf(ROWS), lastPoll }))).toMatchObject({
    aliyun_fc_async_task_account_functions: 2,
    aliyun_fc_async_task_up: 0,
    aliyun_fc_async_task_snapshot_stale: 1,
    aliyun_fc_async_task_last_poll_timestamp_seconds: 5,
    aliyun_fc_async_task_last_success_timestamp_seconds: 2,
  });
});

test("case 32: above the cap there are fewer series, and totals as if there were no cap", async () => {
  const many = Array.from({ length: 11_000 }, (_, index) => [`service-${index}`, "f", "LATEST"] as const);
  const state = stateOf({ snapshot: await snapshotOf(many), lastPoll: { ok: true, ...POLL } });
  const series = await seriesIn(state);
  expect(series).toMatchObject({
    aliyun_fc_async_task_services: 11_000,
    aliyun_fc_async_task_account_functions: 11_000,
    aliyun_fc_async_task_series_dropped: 11_000,
  });
  const counts = Object.entries(series).filter(([name]) => name.startsWith("aliyun_fc_async_task_functions{"));
  expect(counts.length).toBeLessThanOrEqual(10_000);
  expect(counts.reduce((sum, [, value]) => sum + Number(value), 0)).toBe(11_000);
});

test("a target without a name of its own has none", async () => {
  const { alias: _, ...nameless } = OPTIONS;
  const families = createInventoryFamilies({ ...nameless, alias: undefined });
  expect(families(stateOf({}), "none").map(({ name }) => name)).not.toContain("aliyun_fc_async_task_target_info");
});

test("the families of a list stay while walks find the same services, and not a moment longer", async () => {
  const families = createInventoryFamilies(OPTIONS);
  const listOf = (snapshot: Snapshot): readonly object[] =>
    families(stateOf({ snapshot, lastPoll: { ok: true, ...POLL } }), "fresh").slice(0, 8);
  const first = await snapshotOf(ROWS);
  const made = listOf(first);
  const found: readonly Snapshot[] = [
    { ...first, startedAtMs: 60_000 },
    { ...first, duplicateRows: 1 },
    { ...first, services: [...first.services] },
  ];
  // Kept: the very objects. Made anew: equal ones, or others.
  expect(found.map((snapshot) => listOf(snapshot).every((family, index) => family === made[index]))).toEqual([
    true,
    false,
    false,
  ]);
});
