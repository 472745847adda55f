import type { ListedPage, ListedRow } from "./outcome.ts";
import type { Finding } from "./verify-report.ts";
import { asAssumed, differs, unknown, type Verdict } from "./verdict.ts";

const OPEN = "openapi/README.md, what stays open";
const LIMIT = 100;

/** Where reading the list ended. */
export type ListEnd =
  /** At its last page. */
  | "reached"
  /** Before it: this run reads no further. */
  | "not reached"
  /** Nowhere: a page announced one that was read before. */
  | "repeats";

/** What the pages of the list show without further questions. */
export function listFindings(pages: readonly ListedPage[], end: ListEnd): readonly Finding[] {
  const complete = end === "reached";
  const rows = pages.flatMap((page) => page.rows);
  const last = pages.at(-1);
  const asked = `the list, ${pages.length === 1 ? "1 page" : `${pages.length} pages`} of at most ${LIMIT}`;
  return [
    {
      title: "Rows on a page",
      asked,
      answered: `${pages.map((page) => page.rows.length).join(", ")} rows`,
      verdict: pageSizes(pages, complete),
      settles: "openapi/fc-2021-04-06.yaml: a page may be shorter than limit, never longer",
    },
    {
      title: "End of the list",
      asked,
      answered: complete ? `nextToken is ${last?.token ?? "absent"}` : "the end was not reached",
      verdict: endOfList(last, end),
      settles: "docs/adr/0003-end-of-list.md: absent, null, empty, or two quotes",
    },
    {
      title: "Pages without rows",
      asked,
      answered: emptyPagesText(pages),
      verdict: emptyPages(pages, complete),
      settles: `${OPEN}: whether data is null, empty or left out when nothing is found`,
    },
    {
      title: "Qualifiers",
      asked,
      answered: qualifiersText(rows),
      verdict: qualifiers(rows),
      settles: `${OPEN}: whether qualifier can be empty`,
    },
    {
      title: "Order of the rows",
      asked,
      answered: `${rows.length} rows`,
      verdict: order(rows),
      settles: `${OPEN}: in what order rows come`,
    },
    {
      title: "Rows that come twice",
      asked,
      answered: `${rows.length - new Set(rows.map(keyOf)).size} of ${rows.length} rows`,
      verdict: rows.length === new Set(rows.map(keyOf)).size ? asAssumed() : differs("a row stands in the list twice"),
      settles: "openapi/README.md: one row for each qualifier of a function",
    },
    {
      title: "Members of the answer",
      asked,
      answered: membersText(pages),
      verdict: members(pages),
      settles: "openapi/fc-2021-04-06.yaml: data and nextToken, three texts in a row",
    },
  ];
}

/** The list in one sentence. */
export function listSummary(pages: readonly ListedPage[], end: ListEnd): string {
  const rows = pages.flatMap((page) => page.rows);
  const services = new Set(rows.map(({ serviceName }) => serviceName)).size;
  const functions = new Set(rows.map(({ serviceName, functionName }) => JSON.stringify([serviceName, functionName])))
    .size;
  const extent = `${rows.length} rows, ${functions} functions, ${services} services on ${pages.length} ${pages.length === 1 ? "page" : "pages"}`;
  return end === "reached" ? extent : `${extent}, and more that was not read`;
}

function pageSizes(pages: readonly ListedPage[], complete: boolean): Verdict {
  if (pages.some((page) => page.rows.length > LIMIT)) return differs(`more rows than the limit of ${LIMIT}`);
  const before = complete ? pages.slice(0, -1) : pages;
  const short = before.filter((page) => page.rows.length < LIMIT).length;
  if (before.length === 0)
    return asAssumed("the list has one page, so nothing is known of short pages before the last");
  return asAssumed(short === 0 ? "every page before the last is full" : `${short} pages before the last are short`);
}

function endOfList(last: ListedPage | undefined, end: ListEnd): Verdict {
  if (end === "repeats") return differs("a page announced one that was read before");
  if (end === "not reached" || last === undefined) return unknown("the list is longer than this run reads");
  return last.token === "empty" ? asAssumed() : differs(`${last.token}, not the empty text of the vendor's tests`);
}

function emptyPagesText(pages: readonly ListedPage[]): string {
  const empty = pages.filter((page) => page.rows.length === 0);
  return empty.length === 0 ? "none" : `data is ${[...new Set(empty.map((page) => page.data))].join(" or ")}`;
}

function emptyPages(pages: readonly ListedPage[], complete: boolean): Verdict {
  const empty = pages.filter((page) => page.rows.length === 0);
  if (empty.length === 0) return unknown("every page has rows; run it for a region without such functions");
  if (empty.some((page) => page.data !== "null")) return differs("not null as in the vendor's tests");
  const isLastOnly = complete && empty.length === 1 && empty[0] === pages.at(-1);
  return isLastOnly ? asAssumed() : asAssumed("a page without rows came before the end of the list");
}

function qualifiersText(rows: readonly ListedRow[]): string {
  const counts = new Map<string, number>();
  for (const { qualifier } of rows) {
    const kind = qualifierKind(qualifier);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts.size === 0 ? "no rows" : [...counts].map(([kind, count]) => `${kind}: ${count}`).join(", ");
}

function qualifierKind(qualifier: unknown): string {
  if (qualifier === undefined) return "absent";
  if (typeof qualifier !== "string") return "no text";
  if (qualifier === "") return "empty";
  if (qualifier === "LATEST") return "LATEST";
  return /^\d+$/u.test(qualifier) ? "a version" : "an alias";
}

function qualifiers(rows: readonly ListedRow[]): Verdict {
  if (rows.length === 0) return unknown("there are no rows");
  const odd = rows.filter(({ qualifier }) => typeof qualifier !== "string" || qualifier === "").length;
  return odd === 0 ? asAssumed("none is empty") : differs(`${odd} of ${rows.length} are empty or absent`);
}

function order(rows: readonly ListedRow[]): Verdict {
  if (rows.length < 2) return unknown("it takes two rows");
  const keys = rows.map(keyOf);
  const at = keys.findIndex(
    (key, index) => index > 0 && Buffer.compare(bytesOf(keys[index - 1] ?? ""), bytesOf(key)) > 0,
  );
  if (at === -1) return asAssumed("byte order of service, function, qualifier");
  const isByService = rows.every(
    ({ serviceName }, index) =>
      index === 0 || Buffer.compare(bytesOf(textOf(rows[index - 1]?.serviceName)), bytesOf(textOf(serviceName))) <= 0,
  );
  return differs(`not in byte order from row ${at + 1} on${isByService ? ", though services are" : ""}`);
}

function membersText(pages: readonly ListedPage[]): string {
  const others = new Set(pages.flatMap((page) => page.otherMembers));
  return others.size === 0 ? "data and nextToken" : `also ${[...others].join(", ")}`;
}

function members(pages: readonly ListedPage[]): Verdict {
  const rows = pages.flatMap((page) => page.rows);
  const odd = rows.filter((row) => typeof row.serviceName !== "string" || typeof row.functionName !== "string").length;
  if (odd > 0) return differs(`${odd} rows without the name of a service or a function`);
  return pages.every((page) => page.otherMembers.length === 0)
    ? asAssumed()
    : differs("members that nothing describes");
}

/** Parts that no name can run over. */
function keyOf({ serviceName, functionName, qualifier }: ListedRow): string {
  return [serviceName, functionName, qualifier].map(textOf).join("\0");
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, "utf8");
}
