import type { DashboardFile } from "../dashboard-file.ts";
import { drawHeatmap } from "./draw-heatmap.ts";
import { drawStat } from "./draw-stat.ts";
import { drawStateTimeline } from "./draw-state-timeline.ts";
import { drawTable } from "./draw-table.ts";
import { drawTimeSeries } from "./draw-time-series.ts";
import { escaped } from "./markup.ts";
import type { PanelData } from "./panel-data.ts";

/** Grafana's grid: 24 columns, rows of 30 pixels with 8 between them. */
const COLUMNS = 24;
const ROW_PX = 38;
const GAP_PX = 8;
const TITLE_PX = 30;
const PADDING_PX = 8;

/** Width of the page. */
export const PAGE_WIDTH_PX = 1600;

const STYLE = `
* { box-sizing: border-box; }
body { margin: 0; padding: ${GAP_PX}px; width: ${PAGE_WIDTH_PX}px; background: #111217; color: #ccccdc; font: 13px/1.4 Inter, "DejaVu Sans", sans-serif; }
header { display: flex; gap: 12px; align-items: center; padding: 4px 4px 12px; }
h1 { font-size: 17px; font-weight: 500; margin: 0 auto 0 0; }
header span { border: 1px solid #2c3235; border-radius: 3px; background: #181b1f; padding: 3px 10px; }
header b { color: #6e9fff; font-weight: 500; padding-inline-end: 8px; }
main { position: relative; }
section { position: absolute; background: #181b1f; border: 1px solid #25282d; border-radius: 3px; overflow: hidden; padding: 0 ${PADDING_PX}px; }
h2 { font-size: 13.5px; font-weight: 500; height: ${TITLE_PX}px; line-height: ${TITLE_PX}px; margin: 0; }
svg { display: block; }
.grid { stroke: #2a2d32; } .frame { fill: #14161a; stroke: #2a2d32; }
.tick { fill: #8e8ea0; font-size: 11px; } .name { fill: #ccccdc; font-size: 12px; }
.beside { display: flex; }
.legend { overflow: hidden; } .legend table { width: 100%; border-collapse: collapse; font-size: 12px; table-layout: auto; }
.legend th { color: #6e9fff; font-weight: 500; text-align: left; } .legend td { padding: 1px 0; max-width: 190px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
i { display: inline-block; width: 12px; height: 4px; border-radius: 2px; margin-inline-end: 7px; vertical-align: middle; }
.number, .legend th.number, .rows th.number { text-align: right; font-variant-numeric: tabular-nums; }
.below { display: flex; flex-wrap: wrap; font-size: 12px; line-height: 19px; } .below span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.keys { display: flex; gap: 22px; padding-inline-start: 4px; font-size: 12px; } .keys i { height: 10px; }
.stat { display: grid; place-items: center; height: calc(100% - ${TITLE_PX}px); } .stat b { font-size: 34px; font-weight: 500; white-space: nowrap; } .stat small { color: #8e8ea0; font-size: 14px; }
.stat:has(small) b { font-size: 28px; } .stat:has(small) { align-content: center; }
.rows { width: 100%; border-collapse: collapse; } .rows th { color: #6e9fff; font-weight: 500; text-align: left; }
.rows th, .rows td { padding: 5px 10px; border-bottom: 1px solid #25282d; white-space: nowrap; }
`;

/** A page that shows a dashboard's panels with what Prometheus answered, in the manner of Grafana. */
export function drawDashboard(dashboard: DashboardFile, data: readonly PanelData[]): string {
  const columnPx = (PAGE_WIDTH_PX - 2 * GAP_PX + GAP_PX) / COLUMNS;
  const bottom = Math.max(...data.map(({ panel: { gridPos } }) => gridPos.y + gridPos.h));
  const sections = data.map((each) => {
    const { x, y, w, h } = each.panel.gridPos;
    const width = w * columnPx - GAP_PX;
    const height = h * ROW_PX - GAP_PX;
    const place = `left:${x * columnPx}px;top:${y * ROW_PX}px;width:${width}px;height:${height}px`;
    const inside = drawPanel(each, width - 2 * PADDING_PX - 2, height - TITLE_PX - 4);
    return `<section style="${place}"><h2>${escaped(each.panel.title)}</h2>${inside}</section>`;
  });
  const variables = dashboard.templating.list.map(
    ({ label, type }) => `<span><b>${escaped(label)}</b>${type === "datasource" ? "Prometheus" : "All"}</span>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(dashboard.title)}</title><style>${STYLE}</style><header><h1>${escaped(dashboard.title)}</h1>${variables.join("")}</header><main style="height:${bottom * ROW_PX}px">${sections.join("")}</main></html>`;
}

function drawPanel(data: PanelData, width: number, height: number): string {
  switch (data.panel.type) {
    case "stat":
      return drawStat(data);
    case "table":
      return drawTable(data);
    case "state-timeline":
      return drawStateTimeline(data, width, height);
    case "heatmap":
      return drawHeatmap(data, width, height);
    default:
      return drawTimeSeries(data, width, height);
  }
}
