/** `text` is the Prometheus text format 0.0.4, `openmetrics` is OpenMetrics 1.0.0. */
export type ExpositionFormat = "text" | "openmetrics";
