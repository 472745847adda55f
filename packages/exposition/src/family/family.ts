import type {
  LabelsOf,
  MetricName,
  OwnLabelsOf,
  OwnLabelTupleOf,
  TargetLabelName,
  TargetMetricName,
  TypeOf,
} from "../catalogue/catalogue.ts";

/** A value for each label. */
export type Labels<Name extends string> = { readonly [Label in Name]: string };

/** The labels all series of one target begin with. */
export type TargetLabels = Labels<TargetLabelName>;

/** `labels` where there are any. */
type Labelled<Label extends string> = [Label] extends [never]
  ? { readonly labels?: undefined }
  : { readonly labels: Labels<Label> };

/** One series of a gauge, a counter or, with the value 1, an info metric. */
export type ValueSample<Label extends string, Value extends number = number> = Labelled<Label> & {
  readonly value: Value;
};

/** One finite bucket of a histogram. */
export interface HistogramBucket {
  /** Upper bound, inclusive; finite. */
  readonly le: number;
  /** Observations up to the bound: cumulative, as in the exposition. */
  readonly count: number;
}

/** The series of a histogram for one set of labels; the `+Inf` bucket is `count`. */
export type HistogramSample<Label extends string> = Labelled<Label> & {
  /** By ascending `le`, without `+Inf`. */
  readonly buckets: readonly HistogramBucket[];
  readonly sum: number;
  readonly count: number;
};

/**
 * Many series that share the first label and the value, as columns: series `i` has entry `i` of every column. It is what
 * keeps a large list free of one object per series.
 *
 * @example
 * { shared: { service_name: "orders" }, columns: { function_name: ["a", "b"], qualifier: ["LATEST", "LATEST"] }, value: 1 }
 */
export interface SampleColumns<First extends string, Rest extends string, Value extends number = number> {
  readonly shared: Labels<First>;
  /** All of equal length. */
  readonly columns: { readonly [Label in Rest]: readonly string[] };
  readonly value: Value;
}

/** The specification allows an info metric no other value. */
type ValueOf<Name extends MetricName> = TypeOf<Name> extends "info" ? 1 : number;

type ColumnsOf<LabelTuple extends readonly string[], Value extends number> = LabelTuple extends readonly [
  infer First extends string,
  ...infer Rest extends readonly [string, ...string[]],
]
  ? SampleColumns<First, Rest[number], Value>
  : never;

/** What a family of a target takes: the labels of its own, the target labels are added by the exposition. */
export type TargetSampleOf<Name extends TargetMetricName> =
  TypeOf<Name> extends "histogram"
    ? HistogramSample<OwnLabelsOf<Name>>
    : ValueSample<OwnLabelsOf<Name>, ValueOf<Name>> | ColumnsOf<OwnLabelTupleOf<Name>, ValueOf<Name>>;

/** What a family takes when nothing adds labels. */
export type SampleOf<Name extends MetricName> =
  TypeOf<Name> extends "histogram" ? HistogramSample<LabelsOf<Name>> : ValueSample<LabelsOf<Name>, ValueOf<Name>>;

/**
 * A family of one target with its series, in the order they are to be written. The type ties labels to names: a series
 * with a missing or a foreign label does not compile.
 */
export type TargetFamily<Name extends TargetMetricName = TargetMetricName> = {
  [N in Name]: { readonly name: N; readonly samples: Iterable<TargetSampleOf<N>> };
}[Name];

/** A family with its series, all labels given, in the order they are to be written. */
export type MetricFamily<Name extends MetricName = MetricName> = {
  [N in Name]: { readonly name: N; readonly samples: Iterable<SampleOf<N>> };
}[Name];
