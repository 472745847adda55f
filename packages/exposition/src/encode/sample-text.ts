import type { Metric } from "../catalogue/metric.ts";
import type { HistogramBucket } from "../family/family.ts";
import { escapeLabelValue } from "./escape.ts";
import { formatBucketBound, formatValue } from "./number.ts";

type LabelValues = Readonly<Record<string, string>>;

interface ValueRow {
  readonly labels?: LabelValues | undefined;
  readonly value: number;
}

interface HistogramRow {
  readonly labels?: LabelValues | undefined;
  readonly buckets: readonly HistogramBucket[];
  readonly sum: number;
  readonly count: number;
}

interface Columns {
  readonly shared: LabelValues;
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly value: number;
}

/** Any sample of any family: what the typed families of the public interface come down to. */
export type AnySample = ValueRow | HistogramRow | Columns;

/** The series of one family as they are to be written. */
export interface FamilyRows {
  readonly name: string;
  readonly metric: Metric;
  /** Names of the labels that the samples carry, in the order they are written. */
  readonly labelNames: readonly string[];
  /** Labels before those of the samples, as written by `labelText`; `""` for none. */
  readonly leadingLabels: string;
  readonly samples: Iterable<AnySample>;
}

/** `a="x",b="y"` in the given order; a label without a value is written as empty, which is the same to Prometheus. */
export function labelText(names: readonly string[], values: LabelValues): string {
  return names.map((name) => `${name}="${escapeLabelValue(values[name] ?? "")}"`).join(",");
}

function joinLabels(leading: string, own: string): string {
  return leading === "" || own === "" ? leading + own : `${leading},${own}`;
}

function seriesName(name: string, labels: string): string {
  return labels === "" ? name : `${name}{${labels}}`;
}

function histogramText(name: string, labels: string, row: HistogramRow): string {
  let text = "";
  for (const { le, count } of row.buckets) {
    text += `${name}_bucket{${joinLabels(labels, `le="${formatBucketBound(le)}"`)}} ${formatValue(count)}\n`;
  }
  text += `${name}_bucket{${joinLabels(labels, 'le="+Inf"')}} ${formatValue(row.count)}\n`;
  text += `${seriesName(`${name}_sum`, labels)} ${formatValue(row.sum)}\n`;
  return `${text}${seriesName(`${name}_count`, labels)} ${formatValue(row.count)}\n`;
}

/** The columns with the text before each of their values; the first label of the family is the shared one. */
function columnsOf(
  { name, labelNames }: FamilyRows,
  { columns }: Columns,
): { opening: string; values: readonly string[] }[] {
  const found = labelNames.slice(1).map((label) => ({ opening: `",${label}="`, values: columns[label] ?? [] }));
  const lengths = new Set(found.map(({ values }) => values.length));
  if (lengths.size > 1) {
    throw new TypeError(
      `${name}: its columns have ${[...lengths].join(" and ")} values. Give every column one value for each series.`,
    );
  }
  return found;
}

/**
 * The sample lines of a family, equal in both formats, in pieces of at least `pieceCharacters` (the last may be shorter).
 *
 * It is lazy: a caller that pauses between two pieces never holds the thread longer than one piece takes.
 *
 * @throws TypeError when columns have unequal lengths.
 */
export function* sampleText(family: FamilyRows, pieceCharacters: number): Generator<string, void, undefined> {
  const { name, labelNames, leadingLabels } = family;
  let text = "";
  for (const sample of family.samples) {
    if ("columns" in sample) {
      const columns = columnsOf(family, sample);
      // Everything before the columns is equal in all these series, so it is written out once. The closing quote of each
      // value stands at the head of what follows it.
      const shared = joinLabels(leadingLabels, labelText(labelNames.slice(0, 1), sample.shared));
      const opening = `${name}{${shared.slice(0, -1)}`;
      const closing = `"} ${formatValue(sample.value)}\n`;
      const seriesCount = columns[0]?.values.length ?? 0;
      for (let series = 0; series < seriesCount; series += 1) {
        text += opening;
        for (const column of columns) {
          text += column.opening + escapeLabelValue(column.values[series] ?? "");
        }
        text += closing;
        if (text.length >= pieceCharacters) {
          yield text;
          text = "";
        }
      }
      continue;
    }
    const labels = joinLabels(leadingLabels, sample.labels === undefined ? "" : labelText(labelNames, sample.labels));
    text +=
      "buckets" in sample
        ? histogramText(name, labels, sample)
        : `${seriesName(name, labels)} ${formatValue(sample.value)}\n`;
    if (text.length >= pieceCharacters) {
      yield text;
      text = "";
    }
  }
  if (text !== "") {
    yield text;
  }
}
