import { timeAxis, timeX, type Plot } from "./axes.ts";
import { COLORS, escaped } from "./markup.ts";
import type { PanelData } from "./panel-data.ts";

const NAMES_WIDTH = 170;
const LEGEND_HEIGHT = 28;

/** A band for each series, coloured by its value. */
export function drawStateTimeline({ panel, range, lines }: PanelData, width: number, height: number): string {
  const states = new Map(panel.fieldConfig.defaults.mappings?.flatMap(({ options }) => Object.entries(options)) ?? []);
  const colorOf = (value: number): string => COLORS[states.get(String(value))?.color ?? "text"] ?? "gray";
  const plot: Plot = {
    left: NAMES_WIDTH,
    top: 4,
    width: width - NAMES_WIDTH - 10,
    height: height - LEGEND_HEIGHT - 26,
  };
  const rowHeight = plot.height / Math.max(1, lines.length);

  const bands = lines.map(({ name, points }, row) => {
    const top = plot.top + row * rowHeight;
    const cells = points.map(([at, value]) => {
      const x = timeX(plot, range, at);
      const right = Math.min(timeX(plot, range, at + range.step), plot.left + plot.width);
      // Half a pixel more: cells of one colour have no seam.
      return `<rect x="${x.toFixed(1)}" y="${(top + rowHeight * 0.1).toFixed(1)}" width="${Math.max(0, right - x + 0.5).toFixed(1)}" height="${(rowHeight * 0.8).toFixed(1)}" fill="${colorOf(value)}"/>`;
    });
    const label = `<text class="name" x="${NAMES_WIDTH - 8}" y="${top + rowHeight / 2 + 4}" text-anchor="end">${escaped(name)}</text>`;
    return label + cells.join("");
  });
  const keys = [...states.values()].map(
    ({ text, color }) => `<span><i style="background:${COLORS[color] ?? color}"></i>${escaped(text)}</span>`,
  );
  return `<svg width="${width}" height="${height - LEGEND_HEIGHT}" shape-rendering="crispEdges">${bands.join("")}${timeAxis(plot, range)}</svg><div class="keys">${keys.join("")}</div>`;
}
