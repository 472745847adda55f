import type { FormValues, RequestFieldName } from "../../request/explorer-request.ts";

const NAMES: readonly RequestFieldName[] = [
  "accountId",
  "region",
  "endpoint",
  "limit",
  "nextToken",
  "X-Fc-Account-Id",
  "X-Fc-Date",
  "X-Fc-Trace-Id",
];

/** Where the server answers the samples of a form as JSON. Keys are no part of it. */
export function samplesUrl(values: FormValues): string {
  const query = new URLSearchParams(NAMES.filter((name) => values[name] !== "").map((name) => [name, values[name]]));
  return `/samples?${query}`;
}
