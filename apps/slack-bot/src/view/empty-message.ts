import type { Coverage } from "../select/survey.ts";
import { context, header, section } from "./blocks.ts";
import { freshnessLine, missingClause, warningBlocks } from "./coverage.ts";
import { code, markup, type Markup } from "./markup.ts";
import { message, type Message } from "./message.ts";

/**
 * The answer when there is nothing to count. A failure is never a zero: "nothing was read yet", "no function has it" and
 * "what was read has none, but something is missing" are three different texts.
 */
export function emptyMessage(coverage: Coverage, commandName: string): Message {
  const { title, explanation } = wordsFor(coverage, commandName);
  return message(markup`${title}${missingClause(coverage)}`, [
    ...warningBlocks(coverage),
    header(title),
    section([explanation]),
    context([freshnessLine(coverage)]),
  ]);
}

function wordsFor(
  { targetCount, missing, stale }: Coverage,
  commandName: string,
): { title: string; explanation: Markup } {
  if (targetCount === 0) {
    return {
      title: "No account is set up",
      explanation: markup`The bot reads no account yet: add one under ${code("accounts")} in its configuration.`,
    };
  }
  if (missing.length === targetCount) {
    return missing.some((target) => target.why !== "unread")
      ? {
          title: "No list to show",
          explanation: markup`No target has a list that may be shown. This is not a count of zero: see the reasons above.`,
        }
      : {
          title: "Nothing collected yet",
          explanation: markup`The first reads are under way. Try ${code(commandName)} again in a few seconds.`,
        };
  }
  if (missing.length > 0) {
    return {
      title: "No function with async tasks found so far",
      explanation: markup`The targets that were read have none. The missing ones may have some.`,
    };
  }
  return stale.length > 0
    ? {
        title: "No function had async tasks enabled when the lists were read",
        explanation: markup`The last complete list of every target has none. What changed since the older ones were read is not known.`,
      }
    : {
        title: "No function has async tasks enabled",
        explanation: markup`Every target was read completely, and none lists a function with asynchronous tasks.`,
      };
}
