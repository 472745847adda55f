export { CATALOGUE, isMetricName } from "./catalogue/catalogue.ts";
export type { LabelsOf, MetricName, TargetLabelName, TargetMetricName, TypeOf } from "./catalogue/catalogue.ts";
export { API_REQUEST_DURATION_BUCKETS_SECONDS } from "./catalogue/fc-metrics.ts";
export { TARGET_LABEL_NAMES } from "./catalogue/metric.ts";
export type { Metric, MetricScope, MetricStability, MetricType } from "./catalogue/metric.ts";
export type { ExpositionFormat } from "./encode/exposition-format.ts";
export type {
  Exposition,
  ExpositionEncoding,
  ExpositionOptions,
  Publication,
  Scrape,
  ScrapeOptions,
  TargetExposition,
} from "./exposition.ts";
export type {
  HistogramBucket,
  HistogramSample,
  Labels,
  MetricFamily,
  SampleColumns,
  SampleOf,
  TargetFamily,
  TargetLabels,
  TargetSampleOf,
  ValueSample,
} from "./family/family.ts";
export type { Deflate } from "./gzip/deflate.ts";
export type { NegotiatedFormat } from "./negotiate/negotiated-format.ts";
