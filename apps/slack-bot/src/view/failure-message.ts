import { context, section } from "./blocks.ts";
import { code, markup } from "./markup.ts";
import { message, type Message } from "./message.ts";

/** Why the bot itself could not answer. */
export type AnswerFailure =
  /** Something broke that is none of the user's doing. */
  | "internal"
  /** The inventory did not answer in time. */
  | "slow"
  /** Slack's request had fields of an unexpected shape. */
  | "malformed"
  /** The request was for a slash command this bot does not serve. */
  | "other_command";

const WORDS: Readonly<Record<AnswerFailure, string>> = {
  internal: "Something went wrong while answering. Trying again may help.",
  slow: "The answer took too long. Trying again in a moment usually helps.",
  malformed: "Slack's request could not be read. Trying again may help.",
  other_command:
    "This bot does not serve that command. Its slash command in the Slack app settings leads here by mistake.",
};

/** Tells the person who asked, with a reference that finds the cause in the bot's log. */
export function failureMessage(failure: AnswerFailure, reference: string): Message {
  const words = markup`${WORDS[failure]}`;
  return message(words, [
    section([words]),
    context([markup`If it stays, give the operators of the bot this reference: ${code(reference)}`]),
  ]);
}
