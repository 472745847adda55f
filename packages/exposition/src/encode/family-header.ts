import type { Metric } from "../catalogue/metric.ts";
import { escapeHelp } from "./escape.ts";
import type { ExpositionFormat } from "./exposition-format.ts";

const SUFFIX = { counter: "_total", info: "_info", gauge: "", histogram: "" } as const;

/** The name in the metadata lines: OpenMetrics leaves out the suffix that the type adds to every sample. */
function familyName(name: string, metric: Metric, format: ExpositionFormat): string {
  const suffix = SUFFIX[metric.type];
  return format === "openmetrics" && name.endsWith(suffix) ? name.slice(0, name.length - suffix.length) : name;
}

/**
 * The metadata lines of a family. The text format has no `info` (a server that meets it drops the whole target), so an
 * info metric is a gauge there; OpenMetrics adds the unit.
 */
export function familyHeader(name: string, metric: Metric, format: ExpositionFormat): string {
  const shown = familyName(name, metric, format);
  const type = format === "text" && metric.type === "info" ? "gauge" : metric.type;
  const unit = format === "openmetrics" && metric.unit !== undefined ? `# UNIT ${shown} ${metric.unit}\n` : "";
  return `# HELP ${shown} ${escapeHelp(metric.help, format)}\n# TYPE ${shown} ${type}\n${unit}`;
}
