import type { AsyncFunction } from "@fc-async/core";

/** The rows in whose service, function or qualifier every word of the query stands, whatever the case. */
export function filterRows(rows: readonly AsyncFunction[], query: string): readonly AsyncFunction[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter(({ serviceName, functionName, qualifier }) => {
    const names = [serviceName, functionName, qualifier].map((name) => name.toLowerCase());
    return words.every((word) => names.some((name) => name.includes(word)));
  });
}
