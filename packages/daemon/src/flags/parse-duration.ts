import { formatDuration, parseDurationMs } from "../config/duration.ts";
import type { FlagReading } from "./flag.ts";

/** Takes a duration within bounds, in milliseconds: `90s`; and where the lower bound is below 0, one with a sign: `-20m`. */
export function parseDuration(bounds: {
  readonly minMs: number;
  readonly maxMs: number;
}): (text: string) => FlagReading<number> {
  const { minMs, maxMs } = bounds;
  const form = `expected a duration from ${formatDuration(minMs)} to ${formatDuration(maxMs)} with its unit (ms, s, m, h, d)`;
  return (text) => {
    const isBack = minMs < 0 && text.startsWith("-");
    const lengthMs = parseDurationMs(isBack ? text.slice(1) : text);
    const durationMs = isBack && lengthMs !== undefined ? -lengthMs : lengthMs;
    return durationMs === undefined || durationMs < minMs || durationMs > maxMs
      ? { ok: false, problem: `${form}, got "${text}"` }
      : { ok: true, value: durationMs };
  };
}
