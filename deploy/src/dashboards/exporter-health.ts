import { buckets, scrapeSeries, series } from "../promql/selector.ts";
import { REASON } from "../promql/labels.ts";
import { dashboard } from "./dashboard.ts";
import { oldestListPanel } from "./oldest-list-panel.ts";
import { heatmapPanel, statPanel, timeSeriesPanel } from "./panels.ts";
import { chosen, CHOSEN_EXPORTERS, CHOSEN_TARGETS, PLACE, TARGET_LEGEND, ratePer, named } from "./selection.ts";
import { commonVariables } from "./variables.ts";

const STAT = { width: 3, height: 4 } as const;
const THIRD = { width: 8, height: 8 } as const;
const HALF = { width: 12, height: 8 } as const;

const OF_INSTANCE = "{{instance}}";

/** How the exporter itself does: its polls, its calls, its process. */
export const EXPORTER_HEALTH = dashboard({
  uid: "fc-async-exporter",
  title: "fc-async / Exporter",
  description:
    "How fc-async-exporter does: its polls against their interval, its calls of the API, its process and its scrapes.",
  variables: commonVariables(),
  panels: [
    statPanel({
      ...STAT,
      title: "Exporters up",
      description: "Share of the exporters chosen that Prometheus can scrape.",
      unit: "percentunit",
      steps: [
        { from: null, color: "red" },
        { from: 1, color: "green" },
      ],
      queries: [{ expression: `avg(${scrapeSeries("up", ...CHOSEN_EXPORTERS)})` }],
    }),
    statPanel({
      ...STAT,
      title: "Targets failing",
      description: "Accounts and regions whose last poll failed, on any replica.",
      unit: "short",
      steps: [
        { from: null, color: "green" },
        { from: 1, color: "red" },
      ],
      queries: [{ expression: `sum(1 - min by (${PLACE}) (${chosen("aliyun_fc_async_task_up")}))` }],
    }),
    statPanel({
      ...STAT,
      title: "Series left out",
      description: "Function names that the series cap leaves out. Counts stay exact.",
      unit: "short",
      steps: [
        { from: null, color: "green" },
        { from: 1, color: "orange" },
      ],
      queries: [{ expression: `sum(max by (${PLACE}) (${chosen("aliyun_fc_async_task_series_dropped")}))` }],
    }),
    oldestListPanel(STAT),
    statPanel({
      ...STAT,
      title: "Configuration",
      description:
        "Whether every exporter chosen took its configuration into use last time; else it works on with the one before.",
      unit: "short",
      states: [
        { value: 1, text: "in use", color: "green" },
        { value: 0, text: "refused", color: "red" },
      ],
      queries: [
        { expression: `min(${series("aliyun_fc_exporter_config_last_reload_successful", ...CHOSEN_EXPORTERS)})` },
      ],
    }),
    statPanel({
      ...STAT,
      title: "Store",
      description: "Whether the store of the lists answers every exporter chosen.",
      unit: "short",
      states: [
        { value: 1, text: "answers", color: "green" },
        { value: 0, text: "down", color: "red" },
      ],
      queries: [{ expression: `min(${series("aliyun_fc_exporter_store_up", ...CHOSEN_EXPORTERS)})` }],
    }),
    statPanel({
      ...STAT,
      title: "Youngest process",
      description: "Time since the last start of an exporter. Short again and again: something restarts it.",
      unit: "dtdurations",
      queries: [{ expression: `min(time() - ${series("process_start_time_seconds", ...CHOSEN_EXPORTERS)})` }],
    }),
    statPanel({
      ...STAT,
      title: "Versions",
      description: "How many exporters run each version.",
      unit: "short",
      showsName: true,
      queries: [
        {
          expression: `count by (version) (${series("aliyun_fc_exporter_build_info", ...CHOSEN_EXPORTERS)})`,
          legend: "{{version}}",
        },
      ],
    }),
    timeSeriesPanel({
      ...HALF,
      title: "Poll duration against the interval",
      description:
        "How long the last poll of each target took. Above the interval, polls are skipped and lists get older than configured.",
      unit: "s",
      queries: [
        {
          expression: named(`max by (${PLACE}) (${chosen("aliyun_fc_async_task_last_poll_duration_seconds")})`),
          legend: TARGET_LEGEND,
        },
        { expression: `min(${chosen("aliyun_fc_async_task_poll_interval_seconds")})`, legend: "shortest interval" },
      ],
    }),
    timeSeriesPanel({
      ...HALF,
      title: "Pages of the last poll",
      description: "Pages that the last poll of each target read; fewer than before where it broke off.",
      unit: "short",
      queries: [
        {
          expression: named(`max by (${PLACE}) (${chosen("aliyun_fc_async_task_last_poll_pages")})`),
          legend: TARGET_LEGEND,
        },
      ],
    }),
    timeSeriesPanel({
      ...THIRD,
      title: "Failed polls by reason",
      description: "Polls that failed, a second, by reason. Every reason is here from the start, at 0.",
      unit: "cps",
      queries: [{ expression: ratePer(REASON, "aliyun_fc_async_task_poll_failures_total"), legend: `{{${REASON}}}` }],
    }),
    timeSeriesPanel({
      ...THIRD,
      title: "Polls",
      description: "Polls finished, and polls skipped because the one before was still running, a second.",
      unit: "cps",
      queries: [
        {
          expression: `sum(rate(${chosen("aliyun_fc_async_task_polls_total")}[$__rate_interval]))`,
          legend: "finished",
        },
        {
          expression: `sum(rate(${chosen("aliyun_fc_async_task_polls_skipped_total")}[$__rate_interval]))`,
          legend: "skipped",
        },
      ],
    }),
    timeSeriesPanel({
      ...THIRD,
      title: "Functions added and removed",
      description:
        "Differences between one complete list and the next, a second, as counted by the exporter that saw most.",
      unit: "cps",
      queries: [
        {
          expression: `sum(max by (${PLACE}) (rate(${chosen("aliyun_fc_async_task_functions_added_total")}[$__rate_interval])))`,
          legend: "added",
        },
        {
          expression: `sum(max by (${PLACE}) (rate(${chosen("aliyun_fc_async_task_functions_removed_total")}[$__rate_interval])))`,
          legend: "removed",
        },
      ],
    }),
    timeSeriesPanel({
      ...THIRD,
      title: "Requests to the API",
      description:
        "Requests a second by account, which is what the quota of the account counts, and the retries among all of them.",
      unit: "reqps",
      queries: [
        { expression: ratePer("account_id", "aliyun_fc_api_requests_total"), legend: "{{account_id}}" },
        {
          expression: `sum(rate(${chosen("aliyun_fc_api_request_retries_total")}[$__rate_interval]))`,
          legend: "retries of all",
        },
      ],
    }),
    timeSeriesPanel({
      ...THIRD,
      title: "Failed requests by reason",
      description: "Requests that failed, a second, by reason, also those whose retry succeeded.",
      unit: "reqps",
      queries: [{ expression: ratePer(REASON, "aliyun_fc_api_request_failures_total"), legend: `{{${REASON}}}` }],
    }),
    heatmapPanel({
      ...THIRD,
      title: "Latency of requests",
      description: "Requests by how long they took, until the last byte of the answer was read.",
      unit: "s",
      queries: [
        {
          expression: `sum by (le) (increase(${buckets("aliyun_fc_api_request_duration_seconds", ...CHOSEN_TARGETS)}[$__rate_interval]))`,
          legend: "{{le}}",
        },
      ],
    }),
    timeSeriesPanel({
      ...THIRD,
      title: "Waiting in our own rate limiter",
      description:
        "Seconds that requests waited in a second, so as not to exceed limits.requests_per_second of the account.",
      unit: "s",
      queries: [
        { expression: ratePer("account_id", "aliyun_fc_api_rate_limit_wait_seconds_total"), legend: "{{account_id}}" },
      ],
    }),
    timeSeriesPanel({
      ...THIRD,
      title: "Clock against the service",
      description:
        "Clock of the service minus that of the exporter, as learned from answers. Beyond 15 minutes requests are refused.",
      unit: "s",
      queries: [
        {
          expression: named(`max by (${PLACE}) (${chosen("aliyun_fc_api_clock_skew_seconds")})`),
          legend: TARGET_LEGEND,
        },
      ],
    }),
    timeSeriesPanel({
      ...THIRD,
      title: "Tolerated oddities of answers",
      description: "Answers off the documentation that the exporter puts up with, a second, by kind.",
      unit: "cps",
      queries: [{ expression: ratePer("quirk", "aliyun_fc_async_task_quirks_total"), legend: "{{quirk}}" }],
    }),
    timeSeriesPanel({
      ...THIRD,
      title: "Event loop delay",
      description:
        "How late the process's event loop comes to its work: 99th percentile and longest since the scrape before.",
      unit: "s",
      queries: [
        {
          expression: series("nodejs_eventloop_lag_p99_seconds", ...CHOSEN_EXPORTERS),
          legend: `p99 ${OF_INSTANCE}`,
        },
        {
          expression: series("nodejs_eventloop_lag_max_seconds", ...CHOSEN_EXPORTERS),
          legend: `longest ${OF_INSTANCE}`,
        },
      ],
    }),
    timeSeriesPanel({
      ...THIRD,
      title: "Memory",
      description: "Resident memory of the process, and the V8 heap in use.",
      unit: "bytes",
      queries: [
        {
          expression: series("process_resident_memory_bytes", ...CHOSEN_EXPORTERS),
          legend: `resident ${OF_INSTANCE}`,
        },
        {
          expression: series("nodejs_heap_size_used_bytes", ...CHOSEN_EXPORTERS),
          legend: `heap ${OF_INSTANCE}`,
        },
      ],
    }),
    timeSeriesPanel({
      ...THIRD,
      title: "CPU",
      description: "CPU seconds used in a second, user and system together; 1 is one core.",
      unit: "short",
      queries: [
        {
          expression: `rate(${series("process_cpu_seconds_total", ...CHOSEN_EXPORTERS)}[$__rate_interval])`,
          legend: OF_INSTANCE,
        },
      ],
    }),
    timeSeriesPanel({
      ...HALF,
      title: "Size of the exposition",
      description: "Samples of one scrape. Compare it with sample_limit of the scrape configuration.",
      unit: "short",
      queries: [{ expression: scrapeSeries("scrape_samples_scraped", ...CHOSEN_EXPORTERS), legend: OF_INSTANCE }],
    }),
    timeSeriesPanel({
      ...HALF,
      title: "Duration of a scrape",
      description:
        "How long Prometheus waits for the answer. It does not depend on the API: what is served was read before.",
      unit: "s",
      queries: [{ expression: scrapeSeries("scrape_duration_seconds", ...CHOSEN_EXPORTERS), legend: OF_INSTANCE }],
    }),
  ],
});
