const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;

/** A number in one of the units that the dashboards use, as a person reads it. */
export function formatValue(value: number, unit: string): string {
  switch (unit) {
    case "percentunit":
      return `${rounded(value * 100)}%`;
    case "s":
    case "dtdurations":
      return duration(value);
    case "bytes":
      return `${rounded(value / 2 ** 20)} MiB`;
    case "reqps":
      return `${rounded(value)} req/s`;
    case "cps":
      return `${rounded(value)} /s`;
    default:
      return Math.abs(value) >= 10_000 ? `${rounded(value / 1000)} K` : rounded(value);
  }
}

function duration(seconds: number): string {
  const size = Math.abs(seconds);
  if (size === 0) return "0 s";
  if (size < 0.001) return `${rounded(seconds * 1e6)} µs`;
  if (size < 1) return `${rounded(seconds * 1000)} ms`;
  if (size < 2 * MINUTE_S) return `${rounded(seconds)} s`;
  if (size < 2 * HOUR_S) return `${(seconds / MINUTE_S).toFixed(1)} min`;
  return size < 2 * DAY_S ? `${(seconds / HOUR_S).toFixed(1)} h` : `${(seconds / DAY_S).toFixed(1)} d`;
}

/** Three digits that count. */
function rounded(value: number): string {
  return String(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}
