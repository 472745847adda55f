export { CATALOGUE, isMetricName } from "./catalogue/catalogue.ts";
export type { LabelsOf, MetricName, TargetLabelName, TargetMetricName, TypeOf } from "./catalogue/catalogue.ts";
export { API_REQUEST_DURATION_BUCKETS_SECONDS } from "./catalogue/fc-metrics.ts";
export { TARGET_LABEL_NAMES } from "./catalogue/metric.ts";
export type { Metric, MetricScope, MetricStability, MetricType } from "./catalogue/metric.ts";
export { renderCatalogue } from "./catalogue/render-catalogue.ts";
export { capInventory, OVERFLOW_SERVICE_NAME } from "./cardinality/cap-inventory.ts";
export type { CappedInventory, InventoryCaps, InventoryService, ServiceCount } from "./cardinality/cap-inventory.ts";
export { createExposition } from "./create-exposition.ts";
export type { ExpositionFormat } from "./encode/exposition-format.ts";
export type {
  Exposition,
  ExpositionEncoding,
  ExpositionOptions,
  Publication,
  Scrape,
  ScrapeOptions,
  SelfFamily,
  TargetExposition,
} from "./exposition.ts";
export type { CheckedFamily } from "./family/checked-family.ts";
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
export { familiesFromPromClient, targetFamiliesFromPromClient } from "./family/from-prom-client.ts";
export type { PromClientMetric, PromClientValue } from "./family/from-prom-client.ts";
export { crc32Combine } from "./gzip/crc32-combine.ts";
export type { Deflate } from "./gzip/deflate.ts";
export { negotiateEncoding } from "./negotiate/negotiate-encoding.ts";
export { negotiateFormat } from "./negotiate/negotiate-format.ts";
export type { NegotiatedFormat } from "./negotiate/negotiate-format.ts";
