import type { DashboardPanel } from "../dashboard-file.ts";
import type { QueriedLine, QueriedRange, QueriedSeries } from "../run-prometheus.ts";

/** One line with its name. */
export interface NamedLine {
  readonly name: string;
  readonly points: QueriedLine["points"];
}

/** A moment that an annotation marks. */
export interface Mark {
  readonly atSeconds: number;
  readonly color: string;
}

/** What Prometheus answered for a panel: of each query, series for a moment or lines over time. */
export interface PanelData {
  readonly panel: DashboardPanel;
  readonly range: QueriedRange;
  readonly instants: readonly (readonly QueriedSeries[])[];
  readonly lines: readonly NamedLine[];
  readonly marks: readonly Mark[];
}

/** The name of a series by the template of its query. */
export function seriesName(template: string | undefined, labels: Readonly<Record<string, string>>): string {
  if (template === undefined) {
    return Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .join(" ");
  }
  return template.replaceAll(/\{\{(?<label>\w+)\}\}/gu, (_match, label: string) => labels[label] ?? "").trim();
}
