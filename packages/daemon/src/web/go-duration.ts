const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["µs", 1e-3],
  ["μs", 1e-3],
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

const AMOUNT = /(?<amount>\d+\.?\d*|\.\d+)(?<unit>ns|us|µs|μs|ms|s|m|h)/gu;
const DURATION = new RegExp(`^[+-]?(?:0|(?:${AMOUNT.source.replaceAll(/\?<\w+>/gu, "?:")})+)$`, "u");

/** The milliseconds of a text that Go's `time.ParseDuration` takes: `1s`, `1h30m`, `1.5ms`, `0`. `undefined` for another one. */
export function parseGoDurationMs(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  let durationMs = 0;
  for (const { groups } of text.matchAll(AMOUNT)) {
    durationMs += Number(groups?.["amount"]) * (UNIT_MS.get(groups?.["unit"] ?? "") ?? Number.NaN);
  }
  return text.startsWith("-") ? -durationMs : durationMs;
}
