import type { FormValues, RequestFieldName } from "../request/explorer-request.ts";
import { readRequest, type RequestReading } from "../request/read-request.ts";

const NAMES = [
  "accountId",
  "region",
  "endpoint",
  "limit",
  "nextToken",
  "X-Fc-Account-Id",
  "X-Fc-Date",
  "X-Fc-Trace-Id",
] as const satisfies readonly RequestFieldName[];

/** A request, or what is wrong with the query, by parameter. */
export type SamplesQueryReading =
  | Extract<RequestReading, { readonly ok: true }>
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> };

/** Reads the query of `/samples`. A parameter that is not given has the value of `defaults`; an empty one leaves it out. */
export function readSamplesQuery(query: URLSearchParams, defaults: FormValues): SamplesQueryReading {
  const problems: Record<string, string> = {};
  for (const name of new Set(query.keys())) {
    if (!NAMES.some((known) => known === name)) {
      problems[name] = `There is no such parameter here. Those that are: ${NAMES.join(", ")}.`;
    } else if (query.getAll(name).length > 1) problems[name] = "Give it once.";
  }
  const valueOf = (name: RequestFieldName): string => query.get(name) ?? defaults[name];
  const reading = readRequest({
    accountId: valueOf("accountId"),
    region: valueOf("region"),
    endpoint: valueOf("endpoint"),
    limit: valueOf("limit"),
    nextToken: valueOf("nextToken"),
    "X-Fc-Account-Id": valueOf("X-Fc-Account-Id"),
    "X-Fc-Date": valueOf("X-Fc-Date"),
    "X-Fc-Trace-Id": valueOf("X-Fc-Trace-Id"),
  });
  if (reading.ok && Object.keys(problems).length === 0) return reading;
  return { ok: false, problems: { ...problems, ...(reading.ok ? {} : Object.fromEntries(reading.problems)) } };
}
