import type { DataTableBlock, KnownBlock, RawNumberElement, RawTextElement } from "@slack/types";
import { displayText } from "./display-text.ts";
import { section } from "./blocks.ts";
import { LIMITS } from "./limits.ts";
import { fenced, markup, numberText } from "./markup.ts";

/** `auto` draws Slack's own sortable table; `text` draws aligned lines, for clients and workspaces without it. */
export type TableStyle = "auto" | "text";

/** A table before it is drawn. Cells are text from outside, or counts. */
export interface Table {
  /** What the table holds, for screen readers too. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** The column that names a row. */
  readonly rowHeaderIndex: number;
  readonly rows: readonly (readonly (string | number)[])[];
}

const ROWS_PER_PAGE = 10;

/** Draws a table with at least one row. */
export function tableBlocks(table: Table, style: TableStyle): readonly KnownBlock[] {
  return style === "auto" ? [dataTable(table)] : alignedSections(table);
}

function dataTable(table: Table): DataTableBlock {
  return {
    type: "data_table",
    caption: displayText(table.caption, LIMITS.headerCharacters),
    rows: [table.columns.map((column) => cellOf(column)), ...table.rows.map((row) => row.map((cell) => cellOf(cell)))],
    page_size: ROWS_PER_PAGE,
    row_header_column_index: table.rowHeaderIndex,
  };
}

function cellOf(cell: string | number): RawTextElement | RawNumberElement {
  return typeof cell === "number"
    ? { type: "raw_number", value: cell, text: numberText(cell) }
    : { type: "raw_text", text: displayText(cell, LIMITS.nameCharacters) };
}

function alignedSections(table: Table): readonly KnownBlock[] {
  const texts = [table.columns, ...table.rows].map((row) => row.map((cell) => cellOf(cell).text));
  const widths = table.columns.map((_, column) => Math.max(...texts.map((row) => widthOf(row[column] ?? ""))));
  const numeric = table.columns.map((_, column) => typeof table.rows[0]?.[column] === "number");
  const lines = texts.map((row) =>
    row
      .map((text, column) => {
        const padding = " ".repeat((widths[column] ?? 0) - widthOf(text));
        return numeric[column] === true ? padding + text : text + padding;
      })
      .join("  ")
      .trimEnd(),
  );
  return [section([markup`${table.caption}`]), ...sectionsOf(lines)];
}

/** As many lines in each section as it holds. */
function sectionsOf(lines: readonly string[]): readonly KnownBlock[] {
  const sections: KnownBlock[] = [];
  let held: string[] = [];
  for (const line of lines) {
    if (held.length > 0 && fenced([...held, line]).mrkdwn.length > LIMITS.sectionCharacters) {
      sections.push(section([fenced(held)]));
      held = [];
    }
    held.push(line);
  }
  return [...sections, section([fenced(held)])];
}

function widthOf(text: string): number {
  return Array.from(text).length;
}
