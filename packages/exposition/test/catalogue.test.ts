import { describe, expect, test } from "vitest";
import { CATALOGUE, isMetricName, renderCatalogue, TARGET_LABEL_NAMES } from "@fc-async/exposition";
import type { MetricFamily, TargetFamily } from "@fc-async/exposition";

const RESERVED_LABELS = new Set(
  "type service region zone cluster env instance job namespace pod container endpoint le quantile".split(" "),
);
/** Families of a target whose values come from elsewhere than its operation. */
const WITHOUT_OPERATION = new Set(["aliyun_fc_async_task_target_info", "aliyun_fc_api_clock_skew_seconds"]);

describe.each([...CATALOGUE])("%s", (name, metric) => {
  test("follows the naming rules of Prometheus", () => {
    expect(name).toMatch(/^[a-z]+(?:_[a-z0-9]+)*$/);
    expect(name.endsWith("_total")).toBe(metric.type === "counter");
    expect(name.endsWith("_info")).toBe(metric.type === "info");
    expect(name).not.toMatch(/_(?:count|sum|bucket|created|gauge|counter|histogram)$/);
  });

  test("names its unit and ends in it", () => {
    const unit = /_(seconds|bytes)(?:_total)?$/.exec(name)?.[1];
    expect(metric.unit).toBe(unit);
  });

  test("has no label that Prometheus or service discovery sets", () => {
    // `type` is what prom-client calls the label of its active-* gauges; it is theirs to name.
    const own = metric.scope === "process" ? metric.labels.filter((label) => label !== "type") : metric.labels;
    expect(own.filter((label) => RESERVED_LABELS.has(label))).toEqual([]);
  });

  test("has a help text of whole sentences", () => {
    expect(metric.help).toMatch(/^[\dA-Z].*\.$/);
  });

  test("names its operation where it has one, and says so where it is cached", () => {
    const ofOperation = ["inventory", "target_health", "event"].includes(metric.scope) && !WITHOUT_OPERATION.has(name);
    expect({
      operation: metric.help.includes("ListStatefulAsyncInvocationFunctions"),
      cached: metric.help.includes("(cached)"),
    }).toEqual({ operation: ofOperation || name === "probe_success", cached: metric.scope === "inventory" });
  });
});

test("no OpenMetrics family name stands for two families", () => {
  const families = [...CATALOGUE.keys()].map((name) => name.replace(/_(?:total|info)$/, ""));
  // A gauge x beside a counter x_total would both be family x.
  expect(families.length).toBe(new Set(families).size);
});

test("the target labels are the account, the region and the version", () => {
  expect(TARGET_LABEL_NAMES).toEqual(["account_id", "region_id", "fc_version"]);
});

test("names of objects' own machinery are no metrics", () => {
  expect(["__proto__", "constructor", "toString"].map(isMetricName)).toEqual([false, false, false]);
});

test("the documentation table lists every metric once", async () => {
  const table = renderCatalogue();
  for (const name of CATALOGUE.keys()) {
    expect(table.split(`| \`${name}\` |`)).toHaveLength(2);
  }
  await expect(table).toMatchFileSnapshot("golden/catalogue.golden.md");
});

test("a sample with a wrong label does not compile", () => {
  const families: TargetFamily[] = [
    { name: "aliyun_fc_async_task_functions", samples: [{ labels: { service_name: "a" }, value: 1 }] },
    // @ts-expect-error -- `service` is not a label of this family.
    { name: "aliyun_fc_async_task_functions", samples: [{ labels: { service: "a" }, value: 1 }] },
    // @ts-expect-error -- the label is missing.
    { name: "aliyun_fc_async_task_functions", samples: [{ value: 1 }] },
    // @ts-expect-error -- this family has no label of its own.
    { name: "aliyun_fc_async_task_up", samples: [{ labels: { service_name: "a" }, value: 1 }] },
    // @ts-expect-error -- an info metric is always 1.
    { name: "aliyun_fc_async_task_target_info", samples: [{ labels: { alias: "a" }, value: 0 }] },
    // @ts-expect-error -- a histogram has buckets.
    { name: "aliyun_fc_api_request_duration_seconds", samples: [{ value: 1 }] },
    {
      name: "aliyun_fc_async_task_function_info",
      // @ts-expect-error -- a column is missing.
      samples: [{ shared: { service_name: "a" }, columns: { function_name: ["f"] }, value: 1 }],
    },
    // @ts-expect-error -- not a family of a target.
    { name: "process_open_fds", samples: [{ value: 1 }] },
  ];
  const self: MetricFamily[] = [
    // @ts-expect-error -- outside a target, the target labels must be given.
    { name: "aliyun_fc_async_task_up", samples: [{ value: 1 }] },
  ];
  expect([families.length, self.length]).toEqual([8, 1]);
});
