import { FAILURE_REASONS, QUIRKS, type CallEvent } from "@fc-async/protocol";
import type { PollEvent } from "@fc-async/inventory";
import { expect, test } from "vitest";
import { createEventMetrics } from "../src/metrics/event-metrics.ts";
import { pollFailure, seriesOf, snapshotOf, TARGET as target } from "./targets.ts";

const ended = { target, nextDueAtMs: 0 };

async function counted(...events: readonly PollEvent[]): Promise<ReadonlyMap<string, number>> {
  const metrics = createEventMetrics();
  for (const event of events) metrics.observe(event);
  return seriesOf(await metrics.families());
}

/** The series that no longer stand at 0. */
const moved = async (...events: readonly PollEvent[]): Promise<object> =>
  Object.fromEntries([...(await counted(...events))].filter(([, value]) => value !== 0));

const call = (event: CallEvent): PollEvent => ({ type: "call", target, call: event });

test("starts every reason and every quirk at 0, so that the first of each is an increase", async () => {
  const series = await counted();
  for (const reason of FAILURE_REASONS) {
    expect(series.get(`aliyun_fc_async_task_poll_failures_total{reason="${reason}"}`)).toBe(0);
    expect(series.get(`aliyun_fc_api_request_failures_total{reason="${reason}"}`)).toBe(0);
  }
  for (const quirk of QUIRKS) expect(series.get(`aliyun_fc_async_task_quirks_total{quirk="${quirk}"}`)).toBe(0);
  expect(new Set(series.values())).toEqual(new Set([0]));
});

test("counts a first list as a poll that added nothing", async () => {
  const snapshot = await snapshotOf([["orders", "pay", "LATEST"]], ["empty_page"]);
  expect(await moved({ type: "poll_succeeded", ...ended, snapshot, diff: undefined })).toEqual({
    aliyun_fc_async_task_polls_total: 1,
    'aliyun_fc_async_task_quirks_total{quirk="empty_page"}': 1,
  });
});

test("counts what a later list added and removed", async () => {
  const snapshot = await snapshotOf([]);
  const diff = { added: [], removed: [], addedFunctions: 3, removedFunctions: 2 };
  expect(await moved({ type: "poll_succeeded", ...ended, snapshot, diff })).toEqual({
    aliyun_fc_async_task_polls_total: 1,
    aliyun_fc_async_task_functions_added_total: 3,
    aliyun_fc_async_task_functions_removed_total: 2,
  });
});

test("counts a failed poll with its reason, and polls that did not take place", async () => {
  const failure = pollFailure("denied");
  const failed = { type: "poll_failed", ...ended, failure, error: undefined, durationMs: 1, pages: 0 } as const;
  expect(await moved(failed, { type: "polls_skipped", target, count: 4 })).toEqual({
    aliyun_fc_async_task_polls_total: 1,
    'aliyun_fc_async_task_poll_failures_total{reason="denied"}': 1,
    aliyun_fc_async_task_polls_skipped_total: 4,
  });
});

test("counts what happens inside the calls", async () => {
  const attempt = { type: "attempt", requestId: undefined, traceId: undefined } as const;
  const calls: readonly CallEvent[] = [
    { type: "rate_limit_wait", waitMs: 1500 },
    { ...attempt, durationMs: 300, outcome: "throttled", status: 429 },
    { type: "retry", attempt: 1, delayMs: 10, reason: "throttled" },
    { ...attempt, durationMs: 200, outcome: "ok", status: 200 },
    { type: "clock_skew", skewMs: -1_200_000 },
  ];
  const series = await moved(...calls.map((event) => call(event)));
  expect(series).toMatchObject({
    aliyun_fc_api_requests_total: 2,
    'aliyun_fc_api_request_failures_total{reason="throttled"}': 1,
    aliyun_fc_api_request_retries_total: 1,
    aliyun_fc_api_rate_limit_wait_seconds_total: 1.5,
    aliyun_fc_api_clock_skew_seconds: -1200,
    aliyun_fc_api_request_duration_seconds_count: 2,
    aliyun_fc_api_request_duration_seconds_sum: 0.5,
    'aliyun_fc_api_request_duration_seconds_bucket{le="0.25"}': 1,
  });
});
