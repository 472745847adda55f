import type { GoalRow } from "./goal-row.ts";

const HEAD = ["Goal", "What", "Measured: median (min–max)", "Required", "Verdict"] as const;

/** The report as one Markdown table, columns aligned. */
export function markdownTable(rows: readonly GoalRow[]): string {
  const cells = rows.map(({ goal, what, measured, required, verdict }) => [goal, what, measured, required, verdict]);
  const widths = HEAD.map((head, column) => Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(HEAD), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n");
}
