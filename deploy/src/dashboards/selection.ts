import { OVERFLOW_SERVICE_NAME } from "@fc-async/exposition";
import { REPLICA, SERVICE_NAME } from "../promql/labels.ts";
import { series, type MetricNameOf } from "../promql/selector.ts";
import type { TargetMetricName } from "@fc-async/exposition";

/** What the reader chose above the dashboard: exporters. */
export const CHOSEN_EXPORTERS = [
  ["job", "=~", "$job"],
  ["instance", "=~", "$instance"],
] as const;

/** What the reader chose above the dashboard: exporters, accounts and regions. */
export const CHOSEN_TARGETS = [
  ...CHOSEN_EXPORTERS,
  ["account_id", "=~", "$account_id"],
  ["region_id", "=~", "$region_id"],
] as const;

/** The labels a reader tells targets apart by. */
export const PLACE = "account_id, region_id";

/** How a legend names the targets of {@link named}. */
export const TARGET_LEGEND = "{{target}}";

/** The series of a family of targets, of the targets chosen. */
export function chosen(name: TargetMetricName): string {
  return series(name, ...CHOSEN_TARGETS);
}

/** Each target once, however many replicas expose it: the largest of their values. */
export function perTarget(expression: string): string {
  return `max without (${REPLICA}) (${expression})`;
}

/** Events a second, added up over the targets chosen, by these labels. */
export function ratePer(labels: string, name: MetricNameOf<"counter"> & TargetMetricName): string {
  return `sum by (${labels}) (rate(${chosen(name)}[$__rate_interval]))`;
}

/** Adds the label `target`: `prod/cn-hangzhou` where the configuration gives the account an alias, else its number and the region. */
export function named(expression: string): string {
  const aliases = `max by (${PLACE}, alias) (${chosen("aliyun_fc_async_task_target_info")})`;
  const withAlias = `(${expression}) * on (${PLACE}) group_left (alias) ${aliases}`;
  return `label_join(${withAlias}, "target", "/", "alias", "region_id") or on (${PLACE}) label_join(${expression}, "target", "/", "account_id", "region_id")`;
}

/** Functions by service; the services that the cap folded stand together under their own name. */
export function serviceFunctions(modifier: "" | " offset 24h" | " @ end()" = ""): string {
  const matchers = [...CHOSEN_TARGETS, [SERVICE_NAME, "=~", "$service_name"]] as const;
  return `${series("aliyun_fc_async_task_functions", ...matchers)}${modifier}`;
}

/** Said in the descriptions of panels by service. */
export const OVERFLOW_NOTE = `Services that the series cap folded together appear as ${OVERFLOW_SERVICE_NAME}.`;
