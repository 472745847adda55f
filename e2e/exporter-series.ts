/** Values of a series from minute 0 on, one a minute, as promtool writes them: `"10x60"`, `"0+60x60"`, `"1x9 0x50"`, `"stale"`. */
export type Values = string;

/** Series by name, with labels beside those of every target where they have any: `…_poll_failures_total{reason="auth"}`. */
export type SeriesValues = Readonly<Record<string, Values>>;

/** How long every scenario lasts. */
export const SCENARIO_MINUTES = 180;

/** What names the target of a scenario. */
export const TARGET = { account_id: "1000000000000001", region_id: "cn-hangzhou", fc_version: "2" } as const;

/** The same value from the first minute to the last. */
export function always(value: number): Values {
  return `${value}x${SCENARIO_MINUTES}`;
}

/** One value until a minute, another from it on. */
export function from(minute: number, before: number, after: number): Values {
  return `${before}x${minute - 1} ${after}x${SCENARIO_MINUTES - minute}`;
}

/** A value until a minute, then no series any more. */
export function until(minute: number, value: number): Values {
  return `${value}x${minute - 1} stale`;
}

const OWN = /^(?:up|aliyun_fc_exporter_\w+)$/u;
const GROWS = `0+1x${SCENARIO_MINUTES}`;
/** Time itself: read anew each minute. */
const NOW = `0+60x${SCENARIO_MINUTES}`;

/** An exporter that reads one target with ten functions in two services each minute without trouble. */
const HEALTHY: SeriesValues = {
  up: always(1),
  aliyun_fc_exporter_config_last_reload_successful: always(1),
  aliyun_fc_async_task_up: always(1),
  aliyun_fc_async_task_poll_interval_seconds: always(60),
  aliyun_fc_async_task_last_success_timestamp_seconds: NOW,
  aliyun_fc_async_task_last_poll_duration_seconds: always(2),
  aliyun_fc_async_task_shrink_unconfirmed: always(0),
  aliyun_fc_async_task_account_functions: always(10),
  aliyun_fc_async_task_services: always(2),
  'aliyun_fc_async_task_functions{service_name="billing"}': always(6),
  'aliyun_fc_async_task_functions{service_name="orders"}': always(4),
  aliyun_fc_async_task_series_dropped: always(0),
  aliyun_fc_async_task_overflow_services: always(0),
  aliyun_fc_api_requests_total: GROWS,
  'aliyun_fc_api_request_failures_total{reason="throttled"}': always(0),
  'aliyun_fc_async_task_poll_failures_total{reason="auth"}': always(0),
  'aliyun_fc_async_task_poll_failures_total{reason="denied"}': always(0),
  'aliyun_fc_async_task_poll_failures_total{reason="server"}': always(0),
  'aliyun_fc_async_task_poll_failures_total{reason="pagination"}': always(0),
};

/**
 * The series of one exporter, as promtool takes them.
 *
 * @param changes - Series that differ from those of a healthy one; `undefined` leaves one out.
 */
export function exporterSeries(
  instance: string,
  changes: Readonly<Record<string, Values | undefined>> = {},
): readonly { readonly series: string; readonly values: Values }[] {
  const all: Readonly<Record<string, Values | undefined>> = { ...HEALTHY, ...changes };
  return Object.entries(all).flatMap(([name, values]) => {
    if (values === undefined) return [];
    const [family = "", own = ""] = name.replace("}", "").split("{");
    const labels = { job: "fc-async", instance, ...(OWN.test(family) ? {} : TARGET) };
    const written = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    return [{ series: `${family}{${[...written, ...(own === "" ? [] : [own])].join(",")}}`, values }];
  });
}
