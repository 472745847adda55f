import type { KnownBlock } from "@slack/types";
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

/** The 10,000 characters of a table's cells need no look: with names cut at 128, the JSON is full before. */
function fits({ blocks }: Message): boolean {
  return blocks.length <= LIMITS.blocksPerMessage && JSON.stringify(blocks).length <= LIMITS.messageJsonCharacters;
}

/** Recognises a message that was kept as JSON. */
export function isMessage(value: unknown): value is Message {
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
