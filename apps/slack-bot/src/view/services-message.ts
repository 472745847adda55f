import type { ServicesAnswer } from "../select/select-services.ts";
import type { ServiceCount, Totals } from "../select/count-services.ts";
import { context, header, section } from "./blocks.ts";
import { capitalised, countWords } from "./count-words.ts";
import { freshnessLine, missingClause, qualified, warningBlocks } from "./coverage.ts";
import { emptyMessage } from "./empty-message.ts";
import { exampleListCommand } from "./example-list-command.ts";
import { code, joinMarkup, markup } from "./markup.ts";
import { message, withMostRows, type Message } from "./message.ts";
import { tableBlocks, type Table, type TableStyle } from "./table.ts";

export interface ViewOptions {
  /** With the slash. */
  readonly commandName: string;
  readonly tables: TableStyle;
}

const LARGEST_SERVICES = 5;

/** Totals, the largest services, how old it all is, and what to type next. */
export function overviewMessage(answer: ServicesAnswer, { commandName }: ViewOptions): Message {
  const { services, totals, coverage } = answer;
  if (totals.functions === 0) return emptyMessage(coverage, commandName);
  const title = titleOf(answer);
  const largest = services.slice(0, LARGEST_SERVICES);
  const where = `${countWords(totals.accounts, "account")} and ${countWords(totals.regions, "region")}`;
  const examples = ["services", exampleListCommand(largest), "help"];
  return message(markup`${title} in ${countWords(totals.services, "service")}${missingClause(coverage)}`, [
    ...warningBlocks(coverage),
    header(title),
    section([markup`${capitalised(qualified(coverage, countWords(totals.services, "service")))} in ${where}`]),
    section([
      markup`*${totals.services > LARGEST_SERVICES ? "Largest services" : "Services"}*`,
      ...largest.map((service) => markup`• ${code(service.serviceName)} ${countWords(service.functions, "function")}`),
    ]),
    context([
      freshnessLine(coverage),
      markup`Try ${joinMarkup(
        examples.map((words) => code(`${commandName} ${words}`)),
        ", ",
      )}`,
    ]),
  ]);
}

/** Every service with its counts, as many as fit; the total covers all of them. */
export function servicesMessage(answer: ServicesAnswer, { commandName, tables }: ViewOptions): Message {
  const { services, totals, coverage } = answer;
  if (totals.functions === 0) return emptyMessage(coverage, commandName);
  const title = `${titleOf(answer)} in ${countWords(totals.services, "service")}`;
  return withMostRows(services.length, (shownRows) => {
    const left = totals.services - shownRows;
    const shown = services.slice(0, shownRows);
    const rest = totals.functions - shown.reduce((sum, service) => sum + service.functions, 0);
    return message(markup`${title}${missingClause(coverage)}`, [
      ...warningBlocks(coverage),
      header(title),
      ...tableBlocks(servicesTable(shown, totals), tables),
      section([
        markup`*Total:* ${qualified(coverage, countWords(totals.functions, "function"))} · ${countWords(totals.qualifiers, "qualifier")} · ${countWords(totals.services, "service")}`,
      ]),
      context([
        ...(left > 0
          ? [
              markup`Showing the ${shownRows} largest of ${qualified(coverage, countWords(totals.services, "service"))}; the other ${left} have ${qualified(coverage, countWords(rest, "function"))}`,
            ]
          : []),
        freshnessLine(coverage),
        markup`Try ${code(`${commandName} ${exampleListCommand(shown)}`)}`,
      ]),
    ]);
  });
}

function servicesTable(services: readonly ServiceCount[], totals: Totals): Table {
  const place = services[0]?.in[0]?.place.label;
  if (totals.accounts === 1 && totals.regions === 1 && place !== undefined) {
    return {
      caption: `Functions with async tasks by service in ${place}`,
      columns: ["Service", "Functions", "Qualifiers"],
      rowHeaderIndex: 0,
      rows: services.map(({ serviceName, functions, qualifiers }) => [serviceName, functions, qualifiers]),
    };
  }
  return {
    caption: "Functions with async tasks by service",
    columns: ["Service", "Functions", "Qualifiers", "Where"],
    rowHeaderIndex: 0,
    rows: services.map((service) => [service.serviceName, service.functions, service.qualifiers, whereOf(service)]),
  };
}

/** Both places by name, or the first and how many more. */
function whereOf({ in: lists }: ServiceCount): string {
  const labels = lists.map(({ place }) => place.label);
  return labels.length <= 2 ? labels.join(", ") : `${labels[0]} and ${labels.length - 1} more`;
}

function titleOf({ totals, coverage }: ServicesAnswer): string {
  return capitalised(`${qualified(coverage, countWords(totals.functions, "function"))} with async tasks`);
}
