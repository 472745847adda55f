import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type AnnotationQueryBuilder,
  type Dashboard,
  type DatasourceVariableBuilder,
  type QueryVariableBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { heatmapPanel, stateTimelinePanel, statPanel, tablePanel, timeSeriesPanel } from "./panels.ts";

/** A panel as the makers of `panels.ts` give it. */
type Panel = ReturnType<
  typeof heatmapPanel | typeof stateTimelinePanel | typeof statPanel | typeof tablePanel | typeof timeSeriesPanel
>;

export interface DashboardParts {
  /** Stays the same for ever: links and bookmarks are made of it. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly (DatasourceVariableBuilder | QueryVariableBuilder)[];
  readonly annotations?: readonly AnnotationQueryBuilder[];
  /** In reading order. */
  readonly panels: readonly Panel[];
}

const TAG = "fc-async";

/** Joins the parts: not editable, six hours, beside the other dashboards of fc-async. */
export function dashboard(parts: DashboardParts): Dashboard {
  const builder = new DashboardBuilder(parts.title)
    .uid(parts.uid)
    .description(parts.description)
    .tags([TAG])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: "now-6h", to: "now" })
    .refresh("1m")
    .timezone("browser")
    .variables([...parts.variables])
    .annotations([...(parts.annotations ?? [])])
    .link(
      new DashboardLinkBuilder("fc-async")
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .keepTime(true)
        .includeVars(true)
        .asDropdown(false),
    );
  for (const panel of parts.panels) builder.withPanel(panel);
  const built = builder.build();
  built.panels?.forEach((panel, index) => {
    panel.id = index + 1;
  });
  return built;
}
