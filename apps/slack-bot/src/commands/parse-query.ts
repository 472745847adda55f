import { COMMANDS, findCommand } from "./commands.ts";
import { normaliseText } from "./normalise-text.ts";
import type { Query, QueryReading } from "./query.ts";
import { quoteIfNeeded, tokenise } from "./tokenise.ts";

/** A slash command is one line; longer text is a paste by mistake. */
export const MAX_TEXT_CHARACTERS: number = 1000;
export const MAX_WORDS: number = 64;

/** Reads the text behind a slash command, as Slack posts it. Never throws. */
export function parseQuery(text: string): QueryReading {
  if (text.length > MAX_TEXT_CHARACTERS) {
    return { ok: false, problem: { kind: "too_long", maxCharacters: MAX_TEXT_CHARACTERS } };
  }
  const tokens = tokenise(normaliseText(text));
  if (tokens === undefined) return { ok: false, problem: { kind: "unclosed_quote" } };
  if (tokens.length > MAX_WORDS) return { ok: false, problem: { kind: "too_many_words", maxWords: MAX_WORDS } };

  const option = tokens.find((token) => !token.quoted && token.text.startsWith("-"));
  const [verb, ...words] = tokens;
  if (verb === undefined) return { ok: true, query: { verb: "overview" } };
  if (option !== undefined) return readOption(option.text);
  const command = findCommand(verb.text);
  if (command === undefined) return { ok: false, problem: { kind: "unknown_verb", word: verb.text } };

  const excess = words[command.argument === undefined ? 0 : 1];
  if (excess !== undefined) {
    return { ok: false, problem: { kind: "unexpected_word", verb: command.verb, word: excess.text } };
  }
  return command.read(words[0]?.text);
}

/** Writes the query the shortest way it can be typed; empty for the overview. */
export function formatQuery(query: Query): string {
  if (query.verb === "overview") return "";
  if (query.verb === "list" && query.pattern !== undefined) return `list ${quoteIfNeeded(query.pattern)}`;
  if (query.verb === "help" && query.topic !== undefined) return `help ${query.topic}`;
  return query.verb;
}

/** Every word that starts a command, for suggestions. */
export const COMMAND_WORDS: readonly string[] = COMMANDS.flatMap(({ verb, aliases }) => [[verb], aliases].flat());

/** People try `--help` and `-h` before anything else. */
function readOption(word: string): QueryReading {
  return ["-h", "-help", "--h", "--help"].includes(word.toLowerCase())
    ? { ok: true, query: { verb: "help", topic: undefined } }
    : { ok: false, problem: { kind: "unknown_option", word } };
}
