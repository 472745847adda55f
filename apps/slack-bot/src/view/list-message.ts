import { formatQuery } from "../commands/parse-query.ts";
import type { ListAnswer, ListedFunction } from "../select/select-list.ts";
import { context, header, section } from "./blocks.ts";
import { capitalised, countWords } from "./count-words.ts";
import { freshnessLine, missingClause, qualified, warningBlocks } from "./coverage.ts";
import { emptyMessage } from "./empty-message.ts";
import { code, joinMarkup, markup } from "./markup.ts";
import { message, withMostRows, type Message } from "./message.ts";
import type { ViewOptions } from "./services-message.ts";
import { tableBlocks, type Table } from "./table.ts";
import { typedCommands } from "./typed-command.ts";

/** The functions that match, as many as fit; what is not shown is counted. */
export function listMessage(answer: ListAnswer, options: ViewOptions): Message {
  const { rows, totals, coverage, pattern } = answer;
  if (answer.functionsOfAllServices === 0) return emptyMessage(coverage, options.commandName);
  if (pattern !== undefined && totals.functions === 0) return noMatchMessage(answer, pattern, options);
  const count = qualified(coverage, countWords(totals.functions, "function"));
  const title = capitalised(`${count} with async tasks${scopeWords(pattern)}`);
  const narrower =
    totals.services > 1 ? markup`; narrow it down with ${code(`${options.commandName} list <service>`)}` : markup``;
  return withMostRows(rows.length, (shownRows) =>
    message(markup`${title}${missingClause(coverage)}`, [
      ...warningBlocks(coverage),
      header(title),
      ...tableBlocks(listTable(answer, rows.slice(0, shownRows)), options.tables),
      section([
        markup`*Total:* ${count} · ${countWords(totals.qualifiers, "qualifier")} · ${countWords(totals.services, "service")}`,
      ]),
      context([
        ...(shownRows < totals.qualifiers
          ? [markup`Showing ${shownRows} of ${qualified(coverage, countWords(totals.qualifiers, "row"))}${narrower}`]
          : []),
        freshnessLine(coverage),
      ]),
    ]),
  );
}

/** Something exists, but not under this name. */
function noMatchMessage({ nearest, coverage }: ListAnswer, pattern: string, { commandName }: ViewOptions): Message {
  const listings = nearest.map((serviceName) => formatQuery({ verb: "list", pattern: serviceName }));
  const suggestions = typedCommands(commandName, listings);
  return message(markup`No service matches ${code(pattern)}${missingClause(coverage)}`, [
    ...warningBlocks(coverage),
    section([
      markup`No service with async tasks matches ${code(pattern)}.`,
      suggestions.length > 0
        ? markup`Did you mean ${joinMarkup(suggestions, " or ")}?`
        : markup`${code(`${commandName} services`)} shows the names there are; they are case-sensitive, and ${code("*")} stands for any characters.`,
    ]),
    context([freshnessLine(coverage)]),
  ]);
}

/** A column that is the same in every row moves to the caption. */
function listTable({ totals }: ListAnswer, rows: readonly ListedFunction[]): Table {
  const [first] = rows;
  const oneService = totals.services === 1;
  const onePlace = totals.accounts === 1 && totals.regions === 1;
  const scope = [
    ...(oneService && first !== undefined ? [`of ${first.serviceName}`] : []),
    ...(onePlace && first !== undefined ? [`in ${first.place.label}`] : []),
  ];
  return {
    caption: ["Functions with async tasks", ...scope].join(" "),
    columns: [...(oneService ? [] : ["Service"]), "Function", "Qualifier", ...(onePlace ? [] : ["Where"])],
    rowHeaderIndex: oneService ? 0 : 1,
    rows: rows.map((row) => [
      ...(oneService ? [] : [row.serviceName]),
      row.functionName,
      row.qualifier,
      ...(onePlace ? [] : [row.place.label]),
    ]),
  };
}

function scopeWords(pattern: string | undefined): string {
  if (pattern === undefined) return "";
  return /[*?]/u.test(pattern) ? ` in services matching ${pattern}` : ` in ${pattern}`;
}
