import { endpointFor } from "@fc-async/protocol";
import type { ExplorerRequest, RequestFieldName } from "./explorer-request.ts";
import { HEADER_NAMES, parameterOf, type HeaderName } from "./parameter-of.ts";

/** A request, or everything that is wrong with its fields. */
export type RequestReading =
  | { readonly ok: true; readonly request: ExplorerRequest }
  | { readonly ok: false; readonly problems: ReadonlyMap<RequestFieldName, string> };

/** Parts that are right, to look at one other part alone. */
const RIGHT = { accountId: "1", region: "cn" };
const CONTROL_CHARACTER = /\p{Cc}/u;
const HEADER_TEXT = /^[\u0020-\u007E]+$/;

/**
 * Reads the fields of a request; every problem at once, in the vendor's words where it has a rule. Blanks around a value are
 * none of it, but for `nextToken`, which is opaque.
 */
export function readRequest(values: Readonly<Record<RequestFieldName, string>>): RequestReading {
  const problems = new Map<RequestFieldName, string>();
  const read = (name: RequestFieldName, problemOf: (value: string) => string | undefined): string => {
    const value = name === "nextToken" ? values[name] : values[name].trim();
    const problem = problemOf(value);
    if (problem !== undefined) problems.set(name, problem);
    return value;
  };
  const accountId = read("accountId", (value) => hostProblem({ ...RIGHT, accountId: value }));
  const region = read("region", (value) => hostProblem({ ...RIGHT, region: value }));
  const endpoint = read("endpoint", (value) => hostProblem({ ...RIGHT, template: value }));
  const limit = read("limit", limitProblem);
  const nextToken = read("nextToken", tokenProblem);
  const headers = HEADER_NAMES.map((name) => [name, read(name, (value) => headerProblem(name, value))] as const);
  if (problems.size > 0) return { ok: false, problems };
  return {
    ok: true,
    request: {
      accountId,
      region,
      endpoint,
      limit: limit === "" ? undefined : Number(limit),
      nextToken: nextToken === "" ? undefined : nextToken,
      headers: headers.filter(([, value]) => value !== ""),
    },
  };
}

function hostProblem(parts: Parameters<typeof endpointFor>[0]): string | undefined {
  try {
    endpointFor(parts);
    return undefined;
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}

function limitProblem(value: string): string | undefined {
  const { minimum = 1, maximum = Infinity } = parameterOf("limit");
  const isRight = value === "" || (/^\d{1,9}$/.test(value) && Number(value) >= minimum && Number(value) <= maximum);
  return isRight
    ? undefined
    : `The limit must be an integer from ${minimum} to ${maximum}, not ${JSON.stringify(value)}.`;
}

function tokenProblem(value: string): string | undefined {
  if (!value.isWellFormed()) return "The token holds half a character, which has no UTF-8 form. Copy it anew.";
  if (CONTROL_CHARACTER.test(value)) return "The token holds a line break or another control character. Copy it anew.";
  return undefined;
}

function headerProblem(name: HeaderName, value: string): string | undefined {
  if (value === "") return undefined;
  if (!HEADER_TEXT.test(value)) return `${name} must be visible ASCII characters and spaces, as every header.`;
  const { pattern, example } = parameterOf(name);
  if (pattern === undefined || new RegExp(pattern).test(value)) return undefined;
  return `${name} must be a date in GMT such as ${JSON.stringify(example)}, not ${JSON.stringify(value)}.`;
}
