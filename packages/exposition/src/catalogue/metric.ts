/** How a family behaves. `info` is written as a gauge in the text format, which has no such type, and as `info` in OpenMetrics. */
export type MetricType = "gauge" | "counter" | "histogram" | "info";

/**
 * What a family describes, and with it who sets it and which labels it has.
 *
 * - `inventory`: the last complete list of one target.
 * - `target_health`: the last attempt to read one target.
 * - `event`: things counted while one target was read.
 * - `self`: the exporter itself.
 * - `process`: the Node.js process, under the names of prom-client's default metrics.
 * - `probe`: one answer of `/probe`.
 *
 * Families of the first three carry the target labels before their own.
 */
export type MetricScope = "inventory" | "target_health" | "event" | "self" | "process" | "probe";

/** `experimental` names and labels may change in a minor version; `stable` ones only in a major version. */
export type MetricStability = "stable" | "experimental";

/** One family of the catalogue. */
export interface Metric {
  readonly type: MetricType;
  readonly scope: MetricScope;
  /** Labels of its own, in the order they are written; the target labels of a target's family stand before them. */
  readonly labels: readonly string[];
  readonly help: string;
  /** The base unit its name ends in (before `_total`): OpenMetrics' UNIT line. */
  readonly unit?: "seconds" | "bytes";
  readonly stability: MetricStability;
}

/** The labels every family of a target begins with. */
export const TARGET_LABEL_NAMES = ["account_id", "region_id", "fc_version"] as const;
