import { isJsonObject, stringMember } from "./message.ts";
import type { JsonObject, ReceivedMessage } from "./message.ts";

/**
 * What Slack refuses, as numbers. From the reference pages of each block, and from the doc comments of `@slack/types`;
 * the ceiling of the whole message is undocumented (near 13,000 characters, https://github.com/slackapi/bolt-js/issues/2509).
 */
export const SLACK_LIMITS = {
  blocksPerMessage: 50,
  messageJsonCharacters: 12_000,
  topLevelTextCharacters: 4000,
  headerCharacters: 150,
  sectionCharacters: 3000,
  sectionFields: 10,
  sectionFieldCharacters: 2000,
  contextElements: 10,
  blockIdCharacters: 255,
  tableRows: 101,
  tableColumns: 20,
  tableCellCharacters: 10_000,
} as const;

/** Finds everything in a message that Slack would refuse. One sentence per finding, none when it would be shown. */
export function checkMessage(message: ReceivedMessage): readonly string[] {
  const findings: string[] = [];
  const refuse = (where: string, what: string): void => void findings.push(`${where}: ${what}`);

  if (message.text.trim() === "") refuse("text", "is empty, so notifications and screen readers have nothing to say");
  limit(refuse, "text", message.text.length, SLACK_LIMITS.topLevelTextCharacters, "characters");
  limit(refuse, "blocks", message.blocks.length, SLACK_LIMITS.blocksPerMessage, "blocks");
  limit(
    refuse,
    "blocks",
    JSON.stringify(message.blocks).length,
    SLACK_LIMITS.messageJsonCharacters,
    "characters of JSON",
  );
  checkMarkup(refuse, "text", message.text);

  const tables = message.blocks.filter((block) => block["type"] === "data_table" || block["type"] === "table");
  limit(refuse, "blocks", tables.length, 1, "tables (only_one_table_allowed)");
  checkBlockIds(refuse, message.blocks);
  for (const [index, block] of message.blocks.entries()) checkBlock(refuse, `blocks[${index}]`, block);
  return findings;
}

type Refuse = (where: string, what: string) => void;

function checkBlockIds(refuse: Refuse, blocks: readonly JsonObject[]): void {
  const seen = new Set<string>();
  for (const [index, { block_id: blockId }] of blocks.entries()) {
    const where = `blocks[${index}].block_id`;
    if (blockId === undefined) continue;
    if (typeof blockId !== "string") {
      refuse(where, "is no text");
      continue;
    }
    limit(refuse, where, blockId.length, SLACK_LIMITS.blockIdCharacters, "characters");
    if (seen.has(blockId)) refuse(where, "is that of another block");
    seen.add(blockId);
  }
}

function checkBlock(refuse: Refuse, where: string, block: JsonObject): void {
  switch (block["type"]) {
    case "header":
      checkText(refuse, `${where}.text`, block["text"], SLACK_LIMITS.headerCharacters, ["plain_text"]);
      return;
    case "section":
      checkSection(refuse, where, block);
      return;
    case "context":
      checkContext(refuse, where, block);
      return;
    case "data_table":
      checkDataTable(refuse, where, block);
      return;
    case "divider":
      return;
    default:
      refuse(where, `has type ${JSON.stringify(block["type"])}, which this simulator cannot show`);
  }
}

function checkSection(refuse: Refuse, where: string, block: JsonObject): void {
  const fields = listMember(refuse, where, block, "fields");
  limit(refuse, `${where}.fields`, fields.length, SLACK_LIMITS.sectionFields, "fields");
  for (const [index, field] of fields.entries()) {
    checkText(refuse, `${where}.fields[${index}]`, field, SLACK_LIMITS.sectionFieldCharacters, [
      "mrkdwn",
      "plain_text",
    ]);
  }
  if (block["text"] !== undefined || fields.length === 0) {
    checkText(refuse, `${where}.text`, block["text"], SLACK_LIMITS.sectionCharacters, ["mrkdwn", "plain_text"]);
  }
}

function checkContext(refuse: Refuse, where: string, block: JsonObject): void {
  const elements = listMember(refuse, where, block, "elements");
  if (elements.length === 0) refuse(where, "has no elements");
  limit(refuse, where, elements.length, SLACK_LIMITS.contextElements, "elements");
  for (const [index, element] of elements.entries()) {
    checkText(refuse, `${where}.elements[${index}]`, element, SLACK_LIMITS.sectionCharacters, ["mrkdwn", "plain_text"]);
  }
}

function checkDataTable(refuse: Refuse, where: string, block: JsonObject): void {
  if ((stringMember(block, "caption") ?? "") === "") refuse(`${where}.caption`, "is required");
  const rows = listMember(refuse, where, block, "rows");
  if (rows.length < 2) refuse(`${where}.rows`, "needs a header and at least one row");
  limit(refuse, `${where}.rows`, rows.length, SLACK_LIMITS.tableRows, "rows with the header");
  checkPageSize(refuse, where, block["page_size"]);

  let cellCharacters = 0;
  let columns: number | undefined;
  for (const [rowIndex, row] of rows.entries()) {
    const at = `${where}.rows[${rowIndex}]`;
    if (!Array.isArray(row) || row.length === 0) {
      refuse(at, "is not a list of cells");
      continue;
    }
    const cells: readonly unknown[] = row;
    columns ??= cells.length;
    if (cells.length !== columns) refuse(at, `has ${cells.length} cells, the header has ${columns}`);
    limit(refuse, at, cells.length, SLACK_LIMITS.tableColumns, "columns");
    for (const [cellIndex, cell] of cells.entries()) cellCharacters += checkCell(refuse, `${at}[${cellIndex}]`, cell);
  }
  limit(refuse, `${where}.rows`, cellCharacters, SLACK_LIMITS.tableCellCharacters, "characters over all cells");

  const rowHeader = block["row_header_column_index"];
  if (
    rowHeader !== undefined &&
    !(Number.isInteger(rowHeader) && Number(rowHeader) >= 0 && Number(rowHeader) < (columns ?? 0))
  ) {
    refuse(`${where}.row_header_column_index`, `is ${JSON.stringify(rowHeader)}, not a column`);
  }
}

function checkPageSize(refuse: Refuse, where: string, pageSize: unknown): void {
  if (pageSize === undefined) return;
  if (!Number.isInteger(pageSize) || Number(pageSize) < 1 || Number(pageSize) > 100) {
    refuse(`${where}.page_size`, `is ${JSON.stringify(pageSize)}, not 1 to 100`);
  }
}

/** Checks one cell and answers how many characters it counts for. */
function checkCell(refuse: Refuse, where: string, cell: unknown): number {
  const text = isJsonObject(cell) ? stringMember(cell, "text") : undefined;
  if (!isJsonObject(cell) || text === undefined) {
    refuse(where, "is not a cell with text");
    return 0;
  }
  if (text === "") refuse(where, "is empty, which makes Slack refuse the whole message");
  if (cell["type"] === "raw_number") {
    if (typeof cell["value"] !== "number") refuse(where, "is a raw_number without a number");
  } else if (cell["type"] !== "raw_text") {
    refuse(where, `has type ${JSON.stringify(cell["type"])}`);
  }
  return text.length;
}

function checkText(refuse: Refuse, where: string, value: unknown, maximum: number, types: readonly string[]): void {
  const text = isJsonObject(value) ? stringMember(value, "text") : undefined;
  if (!isJsonObject(value) || text === undefined || text === "") {
    refuse(where, "has no text");
    return;
  }
  const type = stringMember(value, "type") ?? "";
  if (!types.includes(type)) refuse(where, `has type ${JSON.stringify(type)}, allowed are ${types.join(", ")}`);
  limit(refuse, where, text.length, maximum, "characters");
  if (type === "mrkdwn") checkMarkup(refuse, where, text);
}

/** The only markup an inventory answer has a use for is a date without a link; anything else can only come from a hostile name. */
function checkMarkup(refuse: Refuse, where: string, text: string): void {
  for (const [token] of text.matchAll(/<[^>]*>?/gu)) {
    if (!/^<!date\^\d+\^[^<>|^]+\|[^<>|]+>$/u.test(token)) refuse(where, `contains the markup ${token.slice(0, 60)}`);
  }
}

/** The entries of a list, each still to be looked at. */
function listMember(refuse: Refuse, where: string, block: JsonObject, name: string): readonly unknown[] {
  const value = block[name] ?? [];
  if (Array.isArray(value)) return value;
  refuse(`${where}.${name}`, "is not a list");
  return [];
}

function limit(refuse: Refuse, where: string, actual: number, maximum: number, unit: string): void {
  if (actual > maximum) refuse(where, `has ${actual} ${unit}, Slack allows ${maximum}`);
}
