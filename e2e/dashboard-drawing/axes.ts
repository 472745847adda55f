import type { QueriedRange } from "../run-prometheus.ts";
import { formatValue } from "./format-value.ts";

/** Where a plot is inside its drawing, in pixels. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const TIME_TICK_PX = 95;
const MIB = 2 ** 20;

/** The place of a moment on the time axis. */
export function timeX({ left, width }: Plot, { start, end }: QueriedRange, atSeconds: number): number {
  return left + ((atSeconds - start) / (end - start)) * width;
}

/** Times below the plot. */
export function timeAxis(plot: Plot, range: QueriedRange): string {
  const ticks = Math.max(1, Math.floor(plot.width / TIME_TICK_PX));
  return Array.from({ length: ticks }, (_, index) => {
    const atSeconds = range.start + ((index + 0.5) / ticks) * (range.end - range.start);
    const label = new Date(atSeconds * 1000).toISOString().slice(11, 19);
    const x = timeX(plot, range, atSeconds);
    return `<text class="tick" x="${x}" y="${plot.top + plot.height + 16}" text-anchor="middle">${label}</text>`;
  }).join("");
}

/** A round number at or above, of which a few steps make the axis. */
export function niceMaximum(value: number, unit: string): number {
  if (!(value > 0)) return 1;
  if (unit === "bytes") return niceMaximum(value / MIB, "short") * MIB;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].find((each) => each * magnitude >= value) ?? 10;
  return factor * magnitude;
}

/** Lines across the plot, each with its value. */
export function valueAxis({ left, top, width, height }: Plot, maximum: number, unit: string): string {
  const steps = 4;
  return Array.from({ length: steps + 1 }, (_, index) => {
    const y = top + height - (index / steps) * height;
    const text = formatValue((index / steps) * maximum, unit);
    return `<line class="grid" x1="${left}" x2="${left + width}" y1="${y}" y2="${y}"/><text class="tick" x="${left - 6}" y="${y + 4}" text-anchor="end">${text}</text>`;
  }).join("");
}
