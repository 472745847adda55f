import { z } from "zod";
import { COLORS, escaped } from "./markup.ts";
import type { PanelData } from "./panel-data.ts";

const Organize = z.object({
  excludeByName: z.record(z.string(), z.boolean()),
  indexByName: z.record(z.string(), z.number()),
  renameByName: z.record(z.string(), z.string()),
});

type Row = ReadonlyMap<string, string | number>;

/** Rows with what all queries say of the same labels, in the columns that the panel's transformations leave. */
export function drawTable({ panel, instants }: PanelData): string {
  const organize = Organize.parse(panel.transformations?.find(({ id }) => id === "organize")?.options);
  const columns = Object.entries(organize.indexByName)
    .filter(([field]) => organize.excludeByName[field] !== true)
    .toSorted(([, left], [, right]) => left - right)
    .map(([field]) => ({ field, heading: organize.renameByName[field] ?? field }));
  const changes = new Set(panel.fieldConfig.overrides?.map(({ matcher }) => matcher.options));
  const [sortedBy] = panel.options.sortBy ?? [];
  const sortField = columns.find(({ heading }) => heading === sortedBy?.displayName)?.field;
  const rows = merged(instants, panel.targets.length).toSorted(
    (left, right) => Number(right.get(sortField ?? "") ?? 0) - Number(left.get(sortField ?? "") ?? 0),
  );

  const head = columns.map(({ field, heading }) =>
    field.startsWith("Value") ? `<th class="number">${escaped(heading)}</th>` : `<th>${escaped(heading)}</th>`,
  );
  const body = rows.map((row) => {
    const cells = columns.map(({ field, heading }) => {
      const value = row.get(field) ?? "";
      if (typeof value === "string") return `<td>${escaped(value)}</td>`;
      const text = changes.has(heading) && value > 0 ? `+${value}` : String(value);
      return `<td class="number"${changes.has(heading) ? ` style="color:${changeColor(value)}"` : ""}>${text}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  return `<table class="rows"><thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}

function changeColor(value: number): string {
  if (value === 0) return COLORS["text"] ?? "";
  return COLORS[value > 0 ? "green" : "red"] ?? "";
}

function merged(instants: PanelData["instants"], queries: number): readonly Row[] {
  const rows = new Map<string, Map<string, string | number>>();
  for (const [index, series] of instants.entries()) {
    const field = queries === 1 ? "Value" : `Value #${String.fromCodePoint(65 + index)}`;
    for (const { labels, value } of series) {
      const key = JSON.stringify(Object.entries(labels).toSorted(([left], [right]) => left.localeCompare(right)));
      const row = rows.get(key) ?? new Map<string, string | number>(Object.entries(labels));
      rows.set(key, row.set(field, value));
    }
  }
  return [...rows.values()];
}
