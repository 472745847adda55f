import { formatValue } from "./format-value.ts";
import { COLORS, escaped } from "./markup.ts";
import { seriesName, type PanelData } from "./panel-data.ts";

/** One number, large, in the colour of the threshold it reached. */
export function drawStat({ panel, instants }: PanelData): string {
  const { unit, thresholds, mappings = [] } = panel.fieldConfig.defaults;
  const words = new Map(mappings.flatMap(({ options }) => Object.entries(options)));
  const colorOf = (value: number): string => {
    const reached = thresholds?.steps.findLast((step) => step.value === null || value >= step.value);
    return COLORS[words.get(String(value))?.color ?? reached?.color ?? "text"] ?? "gray";
  };
  const numbers = instants
    .flat()
    .map(({ labels, value }) =>
      panel.options.textMode === "value_and_name"
        ? `<div class="stat"><small>${escaped(seriesName(panel.targets[0]?.legendFormat, labels))}</small><b>${escaped(formatValue(value, unit))}</b></div>`
        : `<div class="stat"><b style="color:${colorOf(value)}">${escaped(words.get(String(value))?.text ?? formatValue(value, unit))}</b></div>`,
    );
  return numbers.length === 0 ? `<div class="stat">No data</div>` : numbers.join("");
}
