import { FC_METRICS } from "./fc-metrics.ts";
import { PROCESS_METRICS } from "./process-metrics.ts";
import { TARGET_LABEL_NAMES } from "./metric.ts";
import type { Metric, MetricScope } from "./metric.ts";

type Table = typeof FC_METRICS & typeof PROCESS_METRICS;

/** The name of a family in the text format, for example `aliyun_fc_async_task_polls_total`. */
export type MetricName = keyof Table;

type NamesOfScope<Scope extends MetricScope> = {
  [Name in MetricName]: Table[Name]["scope"] extends Scope ? Name : never;
}[MetricName];

/** Families that describe one target and begin with the target labels. */
export type TargetMetricName = NamesOfScope<"inventory" | "target_health" | "event">;

/** A label every family of a target begins with. */
export type TargetLabelName = (typeof TARGET_LABEL_NAMES)[number];

/** The labels of a family beyond the target labels, as a tuple in the order they are written. */
export type OwnLabelTupleOf<Name extends MetricName> = Table[Name]["labels"];

/** The labels of a family beyond the target labels; `never` when it has none. */
export type OwnLabelsOf<Name extends MetricName> = OwnLabelTupleOf<Name>[number];

/** All labels of a family; `never` when it has none. */
export type LabelsOf<Name extends MetricName> =
  | OwnLabelsOf<Name>
  | (Name extends TargetMetricName ? TargetLabelName : never);

/** The type of a family. */
export type TypeOf<Name extends MetricName> = Table[Name]["type"];

const metrics: Readonly<Record<MetricName, Metric>> = { ...FC_METRICS, ...PROCESS_METRICS };

/** Every family the exporter can expose, in the order of the exposition. */
export const CATALOGUE: ReadonlyMap<string, Metric> = new Map(Object.entries(metrics));

/** Whether the catalogue has a family of this name. */
export function isMetricName(name: string): name is MetricName {
  return CATALOGUE.has(name);
}

/** Whether a family begins with the target labels. */
export function hasTargetLabels(metric: Metric): boolean {
  return metric.scope === "inventory" || metric.scope === "target_health" || metric.scope === "event";
}

/** All labels of a family in the order they are written. */
export function labelNamesOf(metric: Metric): readonly string[] {
  return hasTargetLabels(metric) ? [...TARGET_LABEL_NAMES, ...metric.labels] : metric.labels;
}
