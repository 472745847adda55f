import { timeAxis, timeX, type Plot } from "./axes.ts";
import { escaped } from "./markup.ts";
import type { PanelData } from "./panel-data.ts";
import { formatValue } from "./format-value.ts";

/** How many observations fell into each bucket, the more the brighter. */
export function drawHeatmap({ panel, range, lines }: PanelData, width: number, height: number): string {
  const buckets = lines
    .map(({ name, points }) => ({ bound: name === "+Inf" ? Infinity : Number(name), counts: new Map(points) }))
    .toSorted((left, right) => left.bound - right.bound);
  const plot: Plot = { left: 64, top: 4, width: width - 76, height: height - 30 };
  const rowHeight = plot.height / Math.max(1, buckets.length);
  // A bucket of Prometheus holds all below it, too.
  const cells = buckets.flatMap(({ counts }, row) =>
    Array.from(counts, ([at, count]) => ({
      row,
      at,
      own: Math.max(0, count - (buckets[row - 1]?.counts.get(at) ?? 0)),
    })),
  );
  const most = Math.max(1e-9, ...cells.map(({ own }) => own));
  const drawn = cells.map(({ row, at, own }) => {
    const x = timeX(plot, range, at);
    const y = plot.top + plot.height - (row + 1) * rowHeight;
    const cellWidth = (range.step / (range.end - range.start)) * plot.width + 0.5;
    return own === 0
      ? ""
      : `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${cellWidth.toFixed(1)}" height="${rowHeight.toFixed(1)}" fill="#ff9830" fill-opacity="${(0.12 + 0.88 * Math.sqrt(own / most)).toFixed(2)}"/>`;
  });
  const labels = buckets.map(({ bound }, row) => {
    const text = bound === Infinity ? "more" : formatValue(bound, panel.fieldConfig.defaults.unit);
    return `<text class="tick" x="${plot.left - 6}" y="${plot.top + plot.height - (row + 0.5) * rowHeight + 4}" text-anchor="end">${escaped(text)}</text>`;
  });
  return `<svg width="${width}" height="${height}"><rect class="frame" x="${plot.left}" y="${plot.top}" width="${plot.width}" height="${plot.height}"/>${drawn.join("")}${labels.join("")}${timeAxis(plot, range)}</svg>`;
}
