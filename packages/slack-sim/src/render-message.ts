import { isJsonObject, objectsMember, stringMember } from "./message.ts";
import type { JsonObject, ReceivedMessage } from "./message.ts";

export interface RenderOptions {
  /** Bold headers and dim context lines by ANSI codes. Default false. */
  readonly color?: boolean;
}

/** Draws a message for a terminal: blocks one below the other, tables aligned, markup resolved. Ends without a newline. */
export function renderMessage(message: ReceivedMessage, options: RenderOptions = {}): string {
  const paint = painter(options.color ?? false);
  if (message.blocks.length === 0) return resolveMarkup(message.text);
  return message.blocks.map((block) => renderBlock(block, paint)).join("\n\n");
}

interface Painter {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

function painter(color: boolean): Painter {
  if (!color) return { bold: (text) => text, dim: (text) => text };
  return { bold: (text) => `\u{1B}[1m${text}\u{1B}[22m`, dim: (text) => `\u{1B}[2m${text}\u{1B}[22m` };
}

function renderBlock(block: JsonObject, paint: Painter): string {
  switch (block["type"]) {
    case "header":
      return paint.bold(textOf(block["text"]));
    case "section": {
      const fields = objectsMember(block, "fields").map((field) => textOf(field));
      return [...(block["text"] === undefined ? [] : [textOf(block["text"])]), ...fields].join("\n");
    }
    case "context":
      return objectsMember(block, "elements")
        .map((element) => paint.dim(textOf(element)))
        .join("\n");
    case "data_table":
      return renderTable(block, paint);
    case "divider":
      return "─".repeat(40);
    default:
      return `[${stringMember(block, "type") ?? "unknown"} block]`;
  }
}

function renderTable(block: JsonObject, paint: Painter): string {
  const rows = (Array.isArray(block["rows"]) ? block["rows"] : []).map((row: unknown) =>
    (Array.isArray(row) ? row : []).map((cell: unknown) => readCell(cell)),
  );
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, characters(cell.text));
    }
  }
  const lines = rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const [header = "", ...body] = lines;
  const caption = stringMember(block, "caption") ?? "";
  return [paint.dim(caption), paint.bold(header), "─".repeat(characters(header)), ...body].join("\n");
}

interface Cell {
  readonly text: string;
  readonly numeric: boolean;
}

function readCell(cell: unknown): Cell {
  if (!isJsonObject(cell)) return { text: "", numeric: false };
  return { text: stringMember(cell, "text") ?? "", numeric: cell["type"] === "raw_number" };
}

function pad(cell: Cell, width: number): string {
  const space = " ".repeat(width - characters(cell.text));
  return cell.numeric ? space + cell.text : cell.text + space;
}

function characters(text: string): number {
  return Array.from(text).length;
}

function textOf(value: unknown): string {
  if (!isJsonObject(value)) return "";
  const text = stringMember(value, "text") ?? "";
  return value["type"] === "mrkdwn" ? resolveMarkup(text) : text;
}

/** Shows mrkdwn as a reader sees it: dates by their fallback, fences and stars gone, entities resolved last. */
function resolveMarkup(text: string): string {
  return text
    .replaceAll(/<!date\^\d+\^[^|>]*\|([^>]*)>/gu, "$1")
    .replaceAll(/<!(channel|here|everyone)(?:\|[^>]*)?>/gu, "@$1")
    .replaceAll(/^```\n?|\n?```$/gmu, "")
    .replaceAll(/(?<![\p{L}\p{N}`])\*([^*\n]+)\*(?![\p{L}\p{N}`])/gu, "$1")
    .replaceAll(/`([^`\n]+)`/gu, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
