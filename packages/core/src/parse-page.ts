import { FcLimitError, FcResponseError, parseNextToken, type Page } from "@fc-async/protocol";
import type { AsyncFunction } from "./async-function.ts";

/** What a page is held against, and what errors name it by. */
export interface PageContext {
  /** 1-based, within the walk. */
  readonly pageNumber: number;
  /** Rows asked for; more are refused. */
  readonly limit: number;
  /** In UTF-16 code units. */
  readonly maxNameLength: number;
  readonly status: number;
  readonly requestId: string | undefined;
}

/** What an error of the service has in any of its spellings, and a page never. */
const ERROR_MEMBERS = ["Code", "ErrorCode", "errorCode"] as const;

/**
 * Reads one answer of the operation. `data` may be absent or null: an account without such functions. Fields the contract does
 * not name are dropped. Errors name page and row, never a value: it may be anything.
 *
 * @throws {FcResponseError} when the status is not 200, the body is no object, an error, or no page, `data` no list, the list longer than `limit`, a row without names, or a
 * name not well-formed Unicode.
 * @throws {FcLimitError} when a name is longer than `maxNameLength`.
 */
export function parsePage(body: unknown, context: PageContext): Page<AsyncFunction> {
  // Other statuses of success mean that this is not all (206), or not yet (202).
  if (context.status !== 200) throw invalid(context, `its status is ${context.status}, not 200`);
  if (!isRecord(body)) throw invalid(context, `the body is ${kindOf(body)}, not an object`);
  if (ERROR_MEMBERS.some((name) => Object.hasOwn(body, name))) throw invalid(context, "it is an error with status 200");
  const isPage = Object.hasOwn(body, "data") || Object.hasOwn(body, "nextToken");
  // An account without such functions may leave both out. Anything else without them is no page.
  if (!isPage && (context.pageNumber > 1 || Object.keys(body).length > 0)) {
    throw invalid(context, "it has neither data nor nextToken");
  }
  const data = body["data"] ?? [];
  if (!Array.isArray(data)) throw invalid(context, `data is ${kindOf(data)}, not a list`);
  if (data.length > context.limit) throw invalid(context, `${data.length} rows came for a limit of ${context.limit}`);
  const rows: AsyncFunction[] = [];
  for (const [index, row] of data.entries()) rows.push(parseRow(row, index, context));
  const { token, quirk } = parseNextToken(body["nextToken"], context);
  return { rows, nextToken: token, quirks: quirk === undefined ? [] : [quirk], requestId: context.requestId };
}

function parseRow(row: unknown, index: number, context: PageContext): AsyncFunction {
  if (!isRecord(row)) throw invalid(context, `row ${index} is ${kindOf(row)}, not an object`);
  const serviceName = parseName(row["serviceName"], "serviceName", index, context);
  const functionName = parseName(row["functionName"], "functionName", index, context);
  if (serviceName === "" || functionName === "") {
    throw invalid(context, `row ${index} has an empty ${serviceName === "" ? "serviceName" : "functionName"}`);
  }
  return { serviceName, functionName, qualifier: parseName(row["qualifier"] ?? "", "qualifier", index, context) };
}

function parseName(value: unknown, field: keyof AsyncFunction, index: number, context: PageContext): string {
  if (typeof value !== "string") throw invalid(context, `row ${index} has ${kindOf(value)} as ${field}`);
  if (value.length > context.maxNameLength) throw tooLong(context, field, index, value.length);
  // A lone surrogate has no UTF-8: two different names would become one in every output.
  if (!value.isWellFormed()) throw invalid(context, `row ${index} has a ${field} that is not well-formed Unicode`);
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function invalid(context: PageContext, problem: string): FcResponseError {
  return new FcResponseError(
    `Page ${context.pageNumber} is not what the contract says: ${problem}${requestSuffix(context)}. Nothing of the list is used; ` +
      "check the endpoint and any proxy on the way, then report the request id to the vendor.",
    { status: context.status, requestId: context.requestId },
  );
}

function tooLong(context: PageContext, field: string, index: number, length: number): FcLimitError {
  const { maxNameLength } = context;
  return new FcLimitError(
    `Page ${context.pageNumber}, row ${index}: the ${field} has ${length} characters, more than ${maxNameLength}${requestSuffix(context)}. ` +
      "Raise maxNameLength when such names are expected.",
    { limit: "maxNameLength", maximum: maxNameLength },
  );
}

function requestSuffix({ requestId }: PageContext): string {
  return requestId === undefined ? "" : ` (request ${requestId})`;
}
