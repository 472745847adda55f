const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A number and one unit: `500ms`, `60s`, `1.5m`, `15m`, `1h`, `1d`. */
export const DURATION_PATTERN: RegExp = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/;

/** The milliseconds of a duration, rounded; `undefined` for a text that is none. */
export function parseDurationMs(text: string): number | undefined {
  const [, amount, unit] = DURATION_PATTERN.exec(text) ?? [];
  return amount === undefined || !isUnit(unit) ? undefined : Math.round(Number(amount) * UNIT_MS[unit]);
}

/** The shortest exact spelling: 900,000 is `15m`. */
export function formatDuration(durationMs: number): string {
  const unit = (["d", "h", "m", "s"] as const).find((candidate) => durationMs % UNIT_MS[candidate] === 0) ?? "ms";
  return `${durationMs / UNIT_MS[unit]}${unit}`;
}

function isUnit(unit: string | undefined): unit is keyof typeof UNIT_MS {
  return unit !== undefined && Object.hasOwn(UNIT_MS, unit);
}
