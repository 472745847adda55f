import { findCommand, usageOf } from "../commands/commands.ts";
import type { QueryProblem } from "../commands/query.ts";
import { context, section } from "./blocks.ts";
import { code, joinMarkup, markup, type Markup } from "./markup.ts";
import { message, type Message } from "./message.ts";
import { typedCommands } from "./typed-command.ts";

/** Says what was not understood; `suggestions` are whole commands that would be, without the name of the slash command. */
export function problemMessage(problem: QueryProblem, suggestions: readonly string[], commandName: string): Message {
  const what = problemWords(problem, commandName);
  const proposed = typedCommands(commandName, suggestions);
  return message(what, [
    section([what, ...(proposed.length > 0 ? [markup`Did you mean ${joinMarkup(proposed, " or ")}?`] : [])]),
    context([markup`${code(`${commandName} help`)} shows everything it understands`]),
  ]);
}

function problemWords(problem: QueryProblem, commandName: string): Markup {
  switch (problem.kind) {
    case "too_long":
      return markup`That is too long: at most ${problem.maxCharacters} characters are read.`;
    case "too_many_words":
      return markup`Those are too many words: at most ${problem.maxWords} are read.`;
    case "unclosed_quote":
      return markup`A quote is opened and never closed.`;
    case "unknown_verb":
      return markup`There is no command ${code(problem.word)}.`;
    case "unknown_topic":
      return markup`There is no command ${code(problem.word)} to help with.`;
    case "unknown_option":
      return markup`There is no option ${code(problem.word)}; put a name that starts with a dash in quotes.`;
    default:
      return markup`${code(problem.word)} is one word too many: ${code(`${commandName} ${usageOfVerb(problem.verb)}`)}`;
  }
}

function usageOfVerb(verb: string): string {
  const command = findCommand(verb);
  return command === undefined ? verb : usageOf(command);
}
