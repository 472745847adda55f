import type { DataTableBlock, KnownBlock } from "@slack/types";
import { LIMITS } from "./limits.ts";
import type { Markup } from "./markup.ts";

/**
 * An answer as Slack takes it in the acknowledgement of a slash command, seen only by who asked.
 *
 * @see https://docs.slack.dev/interactivity/implementing-slash-commands/
 */
export interface Message {
  readonly response_type: "ephemeral";
  /** What notifications and screen readers say. */
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

export function message(text: Markup, blocks: readonly KnownBlock[]): Message {
  return { response_type: "ephemeral", text: text.mrkdwn, blocks };
}

/**
 * Finds the message with the most rows that Slack accepts as a whole. `draw` makes the message for any number of rows,
 * including what it says about those left out.
 */
export function withMostRows(rowCount: number, draw: (shownRows: number) => Message): Message {
  const most = Math.min(rowCount, LIMITS.tableBodyRows);
  const all = draw(most);
  if (fits(all)) return all;
  let fitting = 0;
  let excessive = most;
  while (excessive - fitting > 1) {
    const middle = Math.floor((fitting + excessive) / 2);
    if (fits(draw(middle))) fitting = middle;
    else excessive = middle;
  }
  return draw(fitting);
}

function fits({ blocks }: Message): boolean {
  return (
    blocks.length <= LIMITS.blocksPerMessage &&
    JSON.stringify(blocks).length <= LIMITS.messageJsonCharacters &&
    blocks.every((block) => block.type !== "data_table" || cellCharacters(block) <= LIMITS.tableCellCharacters)
  );
}

function cellCharacters({ rows }: DataTableBlock): number {
  return rows
    .flat()
    .reduce((sum, cell) => sum + ("text" in cell && typeof cell.text === "string" ? cell.text.length : 0), 0);
}

/** Reads a message that was kept as JSON; `undefined` when it is none. */
export function readMessage(text: string): Message | undefined {
  const value: unknown = JSON.parse(text);
  return isMessage(value) ? value : undefined;
}

function isMessage(value: unknown): value is Message {
  return (
    typeof value === "object" &&
    value !== null &&
    "response_type" in value &&
    value.response_type === "ephemeral" &&
    "text" in value &&
    typeof value.text === "string" &&
    "blocks" in value &&
    Array.isArray(value.blocks)
  );
}
