import type { TargetState, YieldToLoop } from "@fc-async/inventory";
import { nearestNames } from "./commands/nearest-names.ts";
import { COMMAND_WORDS, formatQuery } from "./commands/parse-query.ts";
import type { QueryProblem, QueryReading } from "./commands/query.ts";
import { selectList } from "./select/select-list.ts";
import { selectServices } from "./select/select-services.ts";
import { serviceNames } from "./select/service-names.ts";
import { survey, type Survey, type SurveyOptions } from "./select/survey.ts";
import { helpMessage } from "./view/help-message.ts";
import { LIMITS } from "./view/limits.ts";
import { listMessage } from "./view/list-message.ts";
import type { Message } from "./view/message.ts";
import { problemMessage } from "./view/problem-message.ts";
import { overviewMessage, servicesMessage, type ViewOptions } from "./view/services-message.ts";

const MAX_SUGGESTIONS = 3;

export interface AnswerOptions extends SurveyOptions, ViewOptions {
  /** Called between slices of the work. */
  readonly yieldToLoop: YieldToLoop;
}

/** From what was read and what is known to what is shown: the whole bot as one function of values, in slices. */
export async function answerQuery(
  reading: QueryReading,
  states: readonly TargetState[],
  options: AnswerOptions,
): Promise<Message> {
  const { yieldToLoop } = options;
  const known = survey(states, options);
  if (!reading.ok) {
    const suggestions = await suggestionsFor(reading.problem, known, yieldToLoop);
    return problemMessage(reading.problem, suggestions, options.commandName);
  }
  const { query } = reading;
  switch (query.verb) {
    case "overview":
      return overviewMessage(await selectServices(known, LIMITS.tableBodyRows, yieldToLoop), options);
    case "services":
      return servicesMessage(await selectServices(known, LIMITS.tableBodyRows, yieldToLoop), options);
    case "list":
      return listMessage(await selectList(known, query.pattern, LIMITS.tableBodyRows, yieldToLoop), options);
    default:
      return helpMessage(query.topic, options.commandName);
  }
}

/** A service by its bare name is offered as `list <service>`, never guessed: a verb added later must not change its meaning. */
async function suggestionsFor(
  problem: QueryProblem,
  { lists }: Survey,
  yieldToLoop: YieldToLoop,
): Promise<readonly string[]> {
  if (problem.kind === "unknown_topic") {
    const topics = await nearestNames(problem.word, COMMAND_WORDS, 1, yieldToLoop);
    return topics.map((word) => `help ${word}`);
  }
  if (problem.kind !== "unknown_verb") return [];
  const verbs = await nearestNames(problem.word, COMMAND_WORDS, 1, yieldToLoop);
  const names = await nearestNames(problem.word, serviceNames(lists), MAX_SUGGESTIONS - verbs.length, yieldToLoop);
  const listings = names.map((pattern) => formatQuery({ verb: "list", pattern }));
  return names[0] === problem.word ? listings.slice(0, 1) : [...verbs, ...listings];
}
