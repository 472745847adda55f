import { AnnotationQueryBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import type { MetricNameOf } from "../promql/selector.ts";
import { chosen, PLACE } from "./selection.ts";
import { DATA_SOURCE } from "./variables.ts";
import type { TargetMetricName } from "@fc-async/exposition";

/** Marks on every graph where functions came and went. */
export function changeAnnotations(): readonly AnnotationQueryBuilder[] {
  return [
    changes("Functions added", "green", "aliyun_fc_async_task_functions_added_total"),
    changes("Functions removed", "red", "aliyun_fc_async_task_functions_removed_total"),
  ];
}

function changes(
  name: string,
  color: string,
  counter: MetricNameOf<"counter"> & TargetMetricName,
): AnnotationQueryBuilder {
  // Replicas see the same change: the one that saw most counts.
  const expression = `max by (${PLACE}) (increase(${chosen(counter)}[$__rate_interval])) > 0`;
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(DATA_SOURCE)
    .enable(true)
    .iconColor(color)
    .titleFormat(name)
    .textFormat("{{account_id}}/{{region_id}}")
    .tagKeys("account_id,region_id")
    .target(new DataqueryBuilder().expr(expression).refId(name).range());
}
