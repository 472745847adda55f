import type { TargetState } from "@fc-async/inventory";
import { nearestNames } from "./commands/nearest-names.ts";
import { COMMAND_WORDS, formatQuery } from "./commands/parse-query.ts";
import type { QueryProblem, QueryReading } from "./commands/query.ts";
import { selectList } from "./select/select-list.ts";
import { selectServices } from "./select/select-services.ts";
import { survey, type Survey, type SurveyOptions } from "./select/survey.ts";
import { helpMessage } from "./view/help-message.ts";
import { LIMITS } from "./view/limits.ts";
import { listMessage } from "./view/list-message.ts";
import type { Message } from "./view/message.ts";
import { problemMessage } from "./view/problem-message.ts";
import { overviewMessage, servicesMessage, type ViewOptions } from "./view/services-message.ts";

const MAX_SUGGESTIONS = 3;

/** From what was read and what is known to what is shown: the whole bot as one function of values. */
export function answerQuery(
  reading: QueryReading,
  states: readonly TargetState[],
  options: SurveyOptions & ViewOptions,
): Message {
  const known = survey(states, options);
  if (!reading.ok) {
    return problemMessage(reading.problem, suggestionsFor(reading.problem, known), options.commandName);
  }
  const { query } = reading;
  switch (query.verb) {
    case "overview":
      return overviewMessage(selectServices(known), options);
    case "services":
      return servicesMessage(selectServices(known), options);
    case "list":
      return listMessage(selectList(known, query.pattern, LIMITS.tableBodyRows), options);
    default:
      return helpMessage(query.topic, options.commandName);
  }
}

/** A service by its bare name is offered as `list <service>`, never guessed: a verb added later must not change its meaning. */
function suggestionsFor(problem: QueryProblem, { lists }: Survey): readonly string[] {
  if (problem.kind === "unknown_topic") {
    return nearestNames(problem.word, COMMAND_WORDS, 1).map((word) => `help ${word}`);
  }
  if (problem.kind !== "unknown_verb") return [];
  const services = lists.flatMap(({ snapshot }) => snapshot.services.map((service) => service.serviceName));
  const verbs = nearestNames(problem.word, COMMAND_WORDS, 1);
  const names = nearestNames(problem.word, services, MAX_SUGGESTIONS - verbs.length);
  const listings = names.map((pattern) => formatQuery({ verb: "list", pattern }));
  return names[0] === problem.word ? listings.slice(0, 1) : [...verbs, ...listings];
}
