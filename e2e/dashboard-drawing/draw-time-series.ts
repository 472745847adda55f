import { niceMaximum, timeAxis, timeX, valueAxis, type Plot } from "./axes.ts";
import { formatValue } from "./format-value.ts";
import { escaped, paletteColor } from "./markup.ts";
import type { NamedLine, PanelData } from "./panel-data.ts";

const LEGEND_WIDTH = 210;
const LEGEND_ITEM_WIDTH = 168;
const LEGEND_LINE_HEIGHT = 19;
/** A hole in a line is one scrape long or more. */
const HOLE_STEPS = 1.5;

/** Lines, or areas upon each other, with their names and last values beside them. */
export function drawTimeSeries({ panel, range, lines, marks }: PanelData, width: number, height: number): string {
  const { unit, custom } = panel.fieldConfig.defaults;
  const isStacked = custom?.stacking?.mode === "normal";
  const shown = isStacked ? stacked(lines) : lines;
  const isBeside = panel.options.legend?.placement !== "bottom";
  const legendLines = isBeside ? 0 : Math.ceil(lines.length / Math.floor(width / LEGEND_ITEM_WIDTH));
  const svgWidth = isBeside ? width - LEGEND_WIDTH : width;
  const svgHeight = height - legendLines * LEGEND_LINE_HEIGHT;
  const plot: Plot = { left: 62, top: 8, width: svgWidth - 76, height: svgHeight - 34 };
  const maximum = niceMaximum(Math.max(...shown.flatMap(({ points }) => points.map(([, value]) => value))), unit);
  const y = (value: number): number => plot.top + plot.height - (value / maximum) * plot.height;
  const base = plot.top + plot.height;

  const drawn = shown.map(({ points }, index) => {
    const color = paletteColor(index);
    return pieces(points, range.step)
      .map((piece) => {
        const path = piece
          .map(([at, value]) => `${timeX(plot, range, at).toFixed(1)} ${y(value).toFixed(1)}`)
          .join(" L ");
        const first = timeX(plot, range, piece[0]?.[0] ?? range.start);
        const last = timeX(plot, range, piece.at(-1)?.[0] ?? range.end);
        const area = `<path d="M ${first} ${base} L ${path} L ${last} ${base} Z" fill="${color}" fill-opacity="${isStacked ? 0.55 : 0}"/>`;
        return `${area}<path d="M ${path}" fill="none" stroke="${color}" stroke-width="1.5"/>`;
      })
      .join("");
  });
  // The tallest of the stack is drawn first, the others before it.
  const ordered = isStacked ? drawn.toReversed() : drawn;
  const flags = marks.map(({ atSeconds, color }) => {
    const x = timeX(plot, range, atSeconds);
    return `<line x1="${x}" x2="${x}" y1="${plot.top}" y2="${base}" stroke="${color}" stroke-dasharray="3 3" stroke-opacity="0.55"/><path d="M ${x - 4} ${base + 5} L ${x + 4} ${base + 5} L ${x} ${base} Z" fill="${color}"/>`;
  });
  const svg = `<svg width="${svgWidth}" height="${svgHeight}">${valueAxis(plot, maximum, unit)}${timeAxis(plot, range)}${flags.join("")}${ordered.join("")}</svg>`;
  return isBeside ? `<div class="beside">${svg}${legend(lines, unit)}</div>` : `${svg}${legendBelow(lines)}`;
}

function legendBelow(lines: readonly NamedLine[]): string {
  const items = lines.map(
    ({ name }, index) =>
      `<span style="width:${LEGEND_ITEM_WIDTH}px"><i style="background:${paletteColor(index)}"></i>${escaped(name)}</span>`,
  );
  return `<div class="below">${items.join("")}</div>`;
}

function legend(lines: readonly NamedLine[], unit: string): string {
  const rows = lines.map(({ name, points }, index) => {
    const last = points.at(-1)?.[1];
    return `<tr><td><i style="background:${paletteColor(index)}"></i>${escaped(name)}</td><td class="number">${last === undefined ? "" : formatValue(last, unit)}</td></tr>`;
  });
  return `<div class="legend" style="width:${LEGEND_WIDTH}px"><table><thead><tr><th>Name</th><th class="number">Last</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

/** Each line upon those before it. */
function stacked(lines: readonly NamedLine[]): readonly NamedLine[] {
  const sums = new Map<number, number>();
  return lines.map(({ name, points }) => ({
    name,
    points: points.map(([at, value]) => {
      const sum = (sums.get(at) ?? 0) + value;
      sums.set(at, sum);
      return [at, sum] as const;
    }),
  }));
}

/** A line in pieces: where nobody knows there is nothing to draw. */
function pieces(points: NamedLine["points"], step: number): readonly NamedLine["points"][] {
  const found: (readonly [number, number])[][] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    if (point[0] - before > step * HOLE_STEPS) found.push([]);
    found.at(-1)?.push(point);
    [before] = point;
  }
  return found;
}
