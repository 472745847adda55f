import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { describe, expect, test } from "vitest";
import {
  API_REQUEST_DURATION_BUCKETS_SECONDS,
  CATALOGUE,
  createExposition,
  familiesFromPromClient,
  TARGET_LABEL_NAMES,
  targetFamiliesFromPromClient,
} from "@fc-async/exposition";
import { NODE_DEFLATE } from "./node-deflate.ts";
import { parseExposition } from "./parse-exposition.ts";
import { scrapedText } from "./scraped.ts";

const LABELS = { account_id: "1", region_id: "r", fc_version: "2" };

test("the catalogue has all default metrics of prom-client, but for the three gauges named _total", async () => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const metrics = await registry.getMetricsAsJSON();
  const named = new Set(metrics.map(({ name }) => name));
  const known = new Set([...CATALOGUE].filter(([, { scope }]) => scope === "process").map(([name]) => name));
  expect([...named.difference(known)].toSorted()).toEqual([
    "nodejs_active_handles_total",
    "nodejs_active_requests_total",
    "nodejs_active_resources_total",
  ]);
  expect(familiesFromPromClient(metrics).map(({ name }) => name)).not.toContain("nodejs_active_handles_total");
  // prom-client reads these from /proc.
  const linuxOnly = new Set(
    process.platform === "linux"
      ? []
      : ["process_virtual_memory_bytes", "process_heap_bytes", "process_open_fds", "process_max_fds"],
  );
  expect([...known.difference(named).difference(linuxOnly)]).toEqual([]);
});

test("type and labels of each default metric are those of the catalogue", async () => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const body = await scrapedText(
    createExposition({ deflate: NODE_DEFLATE }),
    "text",
    familiesFromPromClient(await registry.getMetricsAsJSON()),
  );
  const ours = parseExposition(body, "text").families;
  const theirs = (await registry.metrics()).matchAll(/^# TYPE (\S+) (\S+)$/gm);
  const types = new Map(Array.from(theirs, ([, name, type]) => [name, type]));
  expect(ours.size).toBeGreaterThan(20);
  for (const [name, { type }] of ours) {
    expect([name, type]).toEqual([name, types.get(name)]);
  }
});

describe("a registry of event metrics", () => {
  test("keeps its values, for scrape with all labels and for setTarget with its own", async () => {
    const withTarget = new Registry();
    const ownOnly = new Registry();
    for (const [register, target] of [
      [withTarget, LABELS],
      [ownOnly, {}],
    ] as const) {
      const names = Object.keys(target);
      const failures = new Counter({
        name: "aliyun_fc_async_task_poll_failures_total",
        help: "h",
        labelNames: [...names, "reason"],
        registers: [register],
      });
      failures.inc({ ...target, reason: "auth" }, 2);
      failures.inc({ ...target, reason: "tls" }, 0);
      const duration = new Histogram({
        name: "aliyun_fc_api_request_duration_seconds",
        help: "h",
        labelNames: names,
        buckets: [...API_REQUEST_DURATION_BUCKETS_SECONDS],
        registers: [register],
      });
      for (const seconds of [0.01, 0.3, 7, 60]) {
        duration.observe(target, seconds);
      }
      new Gauge({ name: "aliyun_fc_exporter_store_up", help: "h", registers: [register] }).set(1);
    }

    const self = createExposition({ deflate: NODE_DEFLATE });
    const selfBody = await scrapedText(self, "text", familiesFromPromClient(await withTarget.getMetricsAsJSON()));
    const ofTarget = createExposition({ deflate: NODE_DEFLATE });
    await ofTarget.setTarget("t", {
      labels: LABELS,
      families: targetFamiliesFromPromClient(await ownOnly.getMetricsAsJSON()),
    });
    const targetBody = await scrapedText(ofTarget, "text");

    const own = selfBody.slice(0, selfBody.indexOf("# HELP aliyun_fc_exporter_store_up"));
    expect(targetBody).toBe(own);
    expect(selfBody).toContain("aliyun_fc_exporter_store_up 1\n");
    expect(targetBody).toMatchInlineSnapshot(`
      "# HELP aliyun_fc_async_task_poll_failures_total ListStatefulAsyncInvocationFunctions walks that failed, by reason.
      # TYPE aliyun_fc_async_task_poll_failures_total counter
      aliyun_fc_async_task_poll_failures_total{account_id="1",region_id="r",fc_version="2",reason="auth"} 2
      aliyun_fc_async_task_poll_failures_total{account_id="1",region_id="r",fc_version="2",reason="tls"} 0
      # HELP aliyun_fc_api_request_duration_seconds Duration of HTTP attempts at ListStatefulAsyncInvocationFunctions, until the body was read.
      # TYPE aliyun_fc_api_request_duration_seconds histogram
      aliyun_fc_api_request_duration_seconds_bucket{account_id="1",region_id="r",fc_version="2",le="0.05"} 1
      aliyun_fc_api_request_duration_seconds_bucket{account_id="1",region_id="r",fc_version="2",le="0.1"} 1
      aliyun_fc_api_request_duration_seconds_bucket{account_id="1",region_id="r",fc_version="2",le="0.25"} 1
      aliyun_fc_api_request_duration_seconds_bucket{account_id="1",region_id="r",fc_version="2",le="0.5"} 2
      aliyun_fc_api_request_duration_seconds_bucket{account_id="1",region_id="r",fc_version="2",le="1.0"} 2
      aliyun_fc_api_request_duration_seconds_bucket{account_id="1",region_id="r",fc_version="2",le="2.5"} 2
      aliyun_fc_api_request_duration_seconds_bucket{account_id="1",region_id="r",fc_version="2",le="5.0"} 2
      aliyun_fc_api_request_duration_seconds_bucket{account_id="1",region_id="r",fc_version="2",le="10.0"} 3
      aliyun_fc_api_request_duration_seconds_bucket{account_id="1",region_id="r",fc_version="2",le="+Inf"} 4
      aliyun_fc_api_request_duration_seconds_sum{account_id="1",region_id="r",fc_version="2"} 67.31
      aliyun_fc_api_request_duration_seconds_count{account_id="1",region_id="r",fc_version="2"} 4
      "
    `);
  });

  test("a label that the catalogue does not know is an error that names it", async () => {
    const registry = new Registry();
    const gauge = new Gauge({
      name: "nodejs_active_handles",
      help: "h",
      labelNames: ["type", "pod"],
      registers: [registry],
    });
    gauge.set({ type: "Socket", pod: "p" }, 1);
    const metrics = await registry.getMetricsAsJSON();
    expect(() => familiesFromPromClient(metrics)).toThrow(
      "nodejs_active_handles has the label pod in the registry and not in the catalogue, where it has type.",
    );
  });

  test("a label that was not given is empty", async () => {
    const registry = new Registry();
    const gauge = new Gauge({ name: "nodejs_active_handles", help: "h", labelNames: ["type"], registers: [registry] });
    gauge.set(3);
    expect(familiesFromPromClient(await registry.getMetricsAsJSON())).toEqual([
      { name: "nodejs_active_handles", samples: [{ labels: { type: "" }, value: 3 }], checkedLabels: "all" },
    ]);
  });

  test("values that prom-client's own joined keys would confuse stay apart", () => {
    const [family] = targetFamiliesFromPromClient([
      {
        name: "aliyun_fc_async_task_functions",
        values: [
          { labels: { service_name: "a,b:c" }, value: 1 },
          { labels: { service_name: "a" }, value: 2 },
        ],
      },
    ]);
    expect(family?.samples).toHaveLength(2);
  });

  test("the target labels are those a registry must use", () => {
    expect(Object.keys(LABELS)).toEqual([...TARGET_LABEL_NAMES]);
  });
});
