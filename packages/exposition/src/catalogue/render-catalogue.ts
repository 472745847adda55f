import { CATALOGUE, labelNamesOf } from "./catalogue.ts";
import type { MetricScope } from "./metric.ts";

const HEADINGS: Readonly<Record<MetricScope, string>> = {
  inventory: "Inventory of a target",
  target_health: "Health of a target",
  event: "Events of a target",
  probe: "Answer of a probe (named here already; this version serves none)",
  self: "Exporter",
  process: "Process",
};

function code(text: string): string {
  return `\`${text}\``;
}

/** A pipe would end the cell, also inside code. */
function cell(text: string): string {
  return text.replaceAll("|", String.raw`\|`);
}

/**
 * The catalogue as Markdown: a level-two heading and a table (name, type, labels, unit, stability, meaning) for each
 * scope, every family once.
 */
export function renderCatalogue(): string {
  const sections = Object.entries(HEADINGS).map(([scope, heading]) => {
    const rows = [...CATALOGUE].filter(([, metric]) => metric.scope === scope);
    const lines = rows.map(([name, metric]) => {
      const labels = labelNamesOf(metric).map(code).join(", ");
      const cells = [code(name), metric.type, labels, metric.unit ?? "", metric.stability, metric.help];
      return `| ${cells.map(cell).join(" | ")} |\n`;
    });
    return `## ${heading}\n\n| Name | Type | Labels | Unit | Stability | Meaning |\n|---|---|---|---|---|---|\n${lines.join("")}`;
  });
  return sections.join("\n");
}
