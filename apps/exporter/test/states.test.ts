import { CATALOGUE } from "@fc-async/exposition";
import { expect, test } from "vitest";
import { expectGrouped, expectPromtoolAccepts, sumOf, targetLines, valuesOf } from "./exposed.ts";
import { MINUTE_MS, scene, START_MS } from "./scene.ts";

const BROKEN = { match: {}, times: "forever", action: { type: "status", status: 500 } } as const;

test("before the first poll: health of every target, no count, no zero", async () => {
  const { inventory, advance, metrics, emulator } = await scene({
    faults: [{ match: {}, times: "forever", action: { type: "silence" } }],
  });
  inventory.start();
  await advance(1);
  const text = await metrics();
  expect(emulator.requests.length).toBeGreaterThan(0);
  expect(valuesOf(text, "aliyun_fc_async_task_up")).toEqual([0, 0, 0, 0, 0, 0]);
  expect(valuesOf(text, "aliyun_fc_async_task_poll_interval_seconds")).toEqual([60, 60, 60, 60, 60, 60]);
  expect(text).not.toMatch(
    /^aliyun_fc_async_task_(?:account_functions|functions|services|last_success_timestamp_seconds)\{/mu,
  );
  expectGrouped(text);
});

test("case 7: fresh: the counts of the demo, with 0 for the empty account", async () => {
  const { poll, metrics, errors } = await scene();
  await poll();
  const text = await metrics();
  expect(sumOf(text, "aliyun_fc_async_task_functions")).toBe(118);
  expect(sumOf(text, "aliyun_fc_async_task_account_functions")).toBe(118);
  expect(sumOf(text, "aliyun_fc_async_task_qualifiers")).toBe(120);
  expect(valuesOf(text, "aliyun_fc_async_task_function_info")).toHaveLength(120);
  expect(valuesOf(text, "aliyun_fc_async_task_up")).toEqual([1, 1, 1, 1, 1, 1]);
  expect(text).toContain(
    'aliyun_fc_async_task_account_functions{account_id="1000000000000003",region_id="cn-hangzhou",fc_version="2"} 0\n',
  );
  expect(errors).toEqual([]);
  expectGrouped(text);
  await expect(targetLines(text)).toMatchFileSnapshot("golden/demo.txt");
});

test("case 1: failing: the last complete counts with their true age, then expired: health only", async () => {
  const { poll, metrics, emulator, advance } = await scene();
  await poll();
  const before = await metrics();
  emulator.faults.arm([BROKEN]);
  await advance(2 * MINUTE_MS);
  await poll();
  const stale = await metrics();
  const inventoryOf = (text: string): string =>
    text
      .split("\n")
      .filter((line) => /^aliyun_fc_async_task_(?:functions|function_info|qualifiers)\{/u.test(line))
      .join("\n");
  expect(inventoryOf(stale)).toBe(inventoryOf(before));
  expect(valuesOf(stale, "aliyun_fc_async_task_up")).toEqual([0, 0, 0, 0, 0, 0]);
  expect(valuesOf(stale, "aliyun_fc_async_task_snapshot_stale")).toEqual([1, 1, 1, 1, 1, 1]);
  const readAt = valuesOf(stale, "aliyun_fc_async_task_last_success_timestamp_seconds");
  expect(readAt).toEqual(valuesOf(before, "aliyun_fc_async_task_last_success_timestamp_seconds"));
  const tried = valuesOf(stale, "aliyun_fc_async_task_last_poll_timestamp_seconds");
  for (const [index, seconds] of readAt.entries()) expect(tried[index]).toBeGreaterThan(seconds + 60);
  expect(stale).toMatch(/poll_failures_total\{.*reason="server"\} [1-9]/u);
  expect(stale).toMatch(/request_failures_total\{.*reason="server"\} [1-9]/u);
  expectGrouped(stale);

  await advance(START_MS + 16 * MINUTE_MS - Date.now());
  const expired = await metrics();
  expect(expired).not.toMatch(/^aliyun_fc_async_task_(?:functions|function_info|account_functions|services)\{/mu);
  expect(valuesOf(expired, "aliyun_fc_async_task_up")).toEqual([0, 0, 0, 0, 0, 0]);
  expect(valuesOf(expired, "aliyun_fc_async_task_last_success_timestamp_seconds")).toEqual(readAt);
  expectGrouped(expired);
});

test("promtool accepts the exposition before the first poll, fresh, failing and expired", async (context) => {
  const { poll, metrics, emulator, advance } = await scene();
  expectPromtoolAccepts(await metrics(), context);
  await poll();
  expectPromtoolAccepts(await metrics(), context);
  emulator.faults.arm([BROKEN]);
  await poll();
  const failing = await metrics();
  expect(failing).toMatch(/^aliyun_fc_async_task_snapshot_stale\{.*\} 1$/mu);
  expectPromtoolAccepts(failing, context);
  await advance(16 * MINUTE_MS);
  const expired = await metrics();
  expect(expired).not.toContain("aliyun_fc_async_task_functions{");
  expectPromtoolAccepts(expired, context);
});

test("expires at a scrape, though nothing happened since", async () => {
  const { poll, metrics, inventory, advance } = await scene();
  await poll();
  await inventory.stop();
  await advance(16 * MINUTE_MS);
  expect(await metrics()).not.toContain("aliyun_fc_async_task_functions{");
});

test("never expires a list when the greatest age is 0", async () => {
  const { poll, metrics, inventory, advance } = await scene({ maxStalenessMs: 0 });
  await poll();
  await inventory.stop();
  await advance(1000 * MINUTE_MS);
  expect(sumOf(await metrics(), "aliyun_fc_async_task_functions")).toBe(118);
});

test("exposes every metric of the catalogue that is not a probe's", async () => {
  const { poll, metrics } = await scene();
  await poll();
  const text = await metrics();
  const missing = [...CATALOGUE.keys()].filter(
    (name) => !name.startsWith("probe_") && !text.includes(`# TYPE ${name} `),
  );
  // Read by prom-client only where the kernel tells, and after the first garbage collection.
  const notEverywhere = new Set(["process_heap_bytes", "nodejs_gc_duration_seconds", "nodejs_active_requests"]);
  expect(missing.filter((name) => !notEverywhere.has(name))).toEqual([]);
});

test("shows the requests of a walk that still runs", async () => {
  const wait = { type: "status", status: 429, headers: { "retry-after": "2" } } as const;
  const { inventory, advance, metrics } = await scene({ faults: [{ match: {}, times: "forever", action: wait }] });
  inventory.start();
  await advance(1);
  const first = sumOf(await metrics(), "aliyun_fc_api_requests_total");
  await advance(2500);
  const text = await metrics();
  expect(sumOf(text, "aliyun_fc_async_task_polls_total")).toBe(0);
  expect(sumOf(text, "aliyun_fc_api_requests_total")).toBeGreaterThan(first);
});

test("counts what came and went between two lists, and drops the series of what went", async () => {
  const { poll, metrics, emulator, advance } = await scene();
  await poll();
  const rows = emulator.rows("1000000000000001", "cn-hangzhou");
  const [gone] = rows.all();
  if (gone === undefined) throw new Error("the demo has rows");
  rows.remove(gone);
  rows.add({ serviceName: "brand-new", functionName: "f1", qualifier: "LATEST" });
  rows.add({ serviceName: "brand-new", functionName: "f2", qualifier: "LATEST" });
  await advance(2 * MINUTE_MS);
  await poll();
  const text = await metrics();
  expect(sumOf(text, "aliyun_fc_async_task_functions_added_total")).toBe(2);
  expect(sumOf(text, "aliyun_fc_async_task_functions_removed_total")).toBe(1);
  expect(text).toContain('service_name="brand-new"} 2');
  expect(text).not.toContain(
    `{account_id="1000000000000001",region_id="cn-hangzhou",fc_version="2",service_name="${gone.serviceName}",function_name="${gone.functionName}",qualifier="${gone.qualifier}"}`,
  );
  expect(sumOf(text, "aliyun_fc_async_task_functions")).toBe(119);
});

test("leaves the info series out above the cap and keeps the counts", async () => {
  const { poll, metrics } = await scene({ maxInfoSeries: 10 });
  await poll();
  const text = await metrics();
  expect(sumOf(text, "aliyun_fc_async_task_functions")).toBe(118);
  expect(
    sumOf(text, "aliyun_fc_async_task_series_dropped") + valuesOf(text, "aliyun_fc_async_task_function_info").length,
  ).toBe(120);
  expect(sumOf(text, "aliyun_fc_async_task_series_dropped")).toBeGreaterThan(0);
});
