import type { SelfFamily, TargetExposition } from "@fc-async/exposition";

const REASONS = ["auth", "denied", "throttled"] as const;

/** A target with two services, as the exporter would expose it. */
export const HANGZHOU: TargetExposition = {
  labels: { account_id: "1234567890123456", region_id: "cn-hangzhou", fc_version: "2" },
  families: [
    { name: "aliyun_fc_async_task_target_info", samples: [{ labels: { alias: "prod" }, value: 1 }] },
    { name: "aliyun_fc_async_task_up", samples: [{ value: 1 }] },
    { name: "aliyun_fc_async_task_last_success_timestamp_seconds", samples: [{ value: 1_750_000_000.25 }] },
    {
      name: "aliyun_fc_async_task_functions",
      samples: [
        { labels: { service_name: "images" }, value: 1 },
        { labels: { service_name: "orders" }, value: 2 },
      ],
    },
    {
      name: "aliyun_fc_async_task_function_info",
      samples: [
        {
          shared: { service_name: "images" },
          columns: { function_name: ["resize", "resize"], qualifier: ["LATEST", "prod"] },
          value: 1,
        },
        {
          shared: { service_name: "orders" },
          columns: { function_name: ["bill", "ship"], qualifier: ["LATEST", "LATEST"] },
          value: 1,
        },
      ],
    },
    { name: "aliyun_fc_async_task_account_functions", samples: [{ value: 3 }] },
    {
      name: "aliyun_fc_async_task_poll_failures_total",
      samples: REASONS.map((reason) => ({ labels: { reason }, value: reason === "auth" ? 2 : 0 })),
    },
    {
      name: "aliyun_fc_api_request_duration_seconds",
      samples: [
        {
          buckets: [
            { le: 0.05, count: 1 },
            { le: 1, count: 3 },
            { le: 10, count: 3 },
          ],
          sum: 12.625,
          count: 4,
        },
      ],
    },
    { name: "aliyun_fc_api_rate_limit_wait_seconds_total", samples: [{ value: 0.5 }] },
  ],
};

/** A target that was never read: only health, no zeros. */
export const SHANGHAI: TargetExposition = {
  labels: { account_id: "1234567890123456", region_id: "cn-shanghai", fc_version: "2" },
  families: [
    { name: "aliyun_fc_async_task_target_info", samples: [{ labels: { alias: "" }, value: 1 }] },
    { name: "aliyun_fc_async_task_up", samples: [{ value: 0 }] },
    {
      name: "aliyun_fc_async_task_poll_failures_total",
      samples: REASONS.map((reason) => ({ labels: { reason }, value: 0 })),
    },
  ],
};

/** What the exporter says about itself. */
export const SELF: readonly SelfFamily[] = [
  { name: "process_cpu_seconds_total", samples: [{ value: 1.5 }] },
  { name: "process_resident_memory_bytes", samples: [{ value: 73_400_320 }] },
  {
    name: "nodejs_gc_duration_seconds",
    samples: [{ labels: { kind: "minor" }, buckets: [{ le: 0.001, count: 7 }], sum: 0.004, count: 7 }],
  },
  {
    name: "aliyun_fc_exporter_build_info",
    samples: [{ labels: { version: "1.2.3", revision: "abc", branch: "main", nodeversion: "v24.0.0" }, value: 1 }],
  },
];
