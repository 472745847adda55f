import { CATALOGUE, hasTargetLabels, labelNamesOf } from "../catalogue/catalogue.ts";
import type { Metric } from "../catalogue/metric.ts";
import type { AnySample } from "../encode/sample-text.ts";
import type { CheckedFamily } from "./checked-family.ts";
import type { HistogramBucket } from "./family.ts";

/** One element of what `getMetricsAsJSON()` of a prom-client 15 registry resolves to; the rest of it is not read. */
export interface PromClientMetric {
  readonly name: string;
  readonly values: readonly PromClientValue[];
}

/** One value of a metric; a histogram has one for each bucket, its sum and its count, told apart by `metricName`. */
export interface PromClientValue {
  readonly value: number;
  readonly labels: Readonly<Partial<Record<string, string | number>>>;
  readonly metricName?: string;
}

interface LabelledValue extends PromClientValue {
  readonly own: Readonly<Record<string, string>>;
}

/** The labels of a value in the order of the catalogue, absent ones empty, without a histogram's `le`. */
function ownLabels(name: string, { labels }: PromClientValue, labelNames: readonly string[]): Record<string, string> {
  const foreign = Object.keys(labels).find((label) => label !== "le" && !labelNames.includes(label));
  if (foreign !== undefined) {
    throw new TypeError(
      `${name} has the label ${foreign} in the registry and not in the catalogue, where it has ${labelNames.join(", ") || "none"}. Give both the same labels.`,
    );
  }
  return Object.fromEntries(labelNames.map((label) => [label, String(labels[label] ?? "")]));
}

function histogramSamples(name: string, values: readonly LabelledValue[]): AnySample[] {
  const bySeries = new Map<string, LabelledValue[]>();
  for (const value of values) {
    const key = JSON.stringify(Object.values(value.own));
    const series = bySeries.get(key);
    if (series === undefined) {
      bySeries.set(key, [value]);
    } else {
      series.push(value);
    }
  }
  return Array.from(bySeries.values(), (series) => {
    const valueOf = (suffix: string): number =>
      series.find(({ metricName }) => metricName === name + suffix)?.value ?? 0;
    const buckets: HistogramBucket[] = series
      .filter(({ metricName }) => metricName === `${name}_bucket`)
      .map(({ labels, value }) => ({ le: Number(labels["le"]), count: value }))
      // "+Inf" is not a number to Number(); the encoder writes that bucket from the count.
      .filter(({ le }) => Number.isFinite(le));
    return { labels: series[0]?.own, buckets, sum: valueOf("_sum"), count: valueOf("_count") };
  });
}

function readFamilies<Checked extends CheckedFamily["checkedLabels"]>(
  metrics: readonly PromClientMetric[],
  checkedLabels: Checked,
  labelNamesFor: (metric: Metric) => readonly string[] | undefined,
): readonly CheckedFamily<Checked>[] {
  return metrics.flatMap(({ name, values }) => {
    const metric = CATALOGUE.get(name);
    const labelNames = metric && labelNamesFor(metric);
    if (metric === undefined || labelNames === undefined) {
      return [];
    }
    const labelled = values.map((value) => ({ ...value, own: ownLabels(name, value, labelNames) }));
    const samples =
      metric.type === "histogram"
        ? histogramSamples(name, labelled)
        : labelled.map(({ own, value }) => ({ labels: own, value: metric.type === "info" ? 1 : value }));
    return [{ name, samples, checkedLabels }];
  });
}

/**
 * The families of a prom-client registry, for `scrape({ self })`. What the catalogue does not name is left out: of
 * prom-client's default metrics that is the three gauges whose names end in `_total`.
 *
 * @param metrics - Result of `registry.getMetricsAsJSON()`; metrics of targets carry the target labels.
 * @throws TypeError when a metric has a label that the catalogue does not give it.
 */
export function familiesFromPromClient(metrics: readonly PromClientMetric[]): readonly CheckedFamily<"all">[] {
  return readFamilies(metrics, "all", labelNamesOf);
}

/**
 * The families of a prom-client registry that belongs to one target, for `setTarget`: its metrics carry their own labels
 * only, the exposition adds those of the target. Metrics that are no target's are left out.
 *
 * @param metrics - Result of `registry.getMetricsAsJSON()`.
 * @throws TypeError when a metric has a label that the catalogue does not give it.
 */
export function targetFamiliesFromPromClient(metrics: readonly PromClientMetric[]): readonly CheckedFamily<"own">[] {
  return readFamilies(metrics, "own", (metric) => (hasTargetLabels(metric) ? metric.labels : undefined));
}
