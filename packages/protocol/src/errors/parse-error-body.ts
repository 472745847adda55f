import { bodyExcerpt } from "./body-excerpt.ts";

/** What could be read from the body of an HTTP error. */
export interface ErrorBody {
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly requestId: string | undefined;
  /** The start of a body that is not an error of the service (a proxy's HTML page), escaped. */
  readonly excerpt: string | undefined;
}

/** They go into messages, logs and Slack; the service's own are far shorter. */
const MAX_CODE_LENGTH = 200;
const MAX_MESSAGE_LENGTH = 1000;

const EMPTY: ErrorBody = { code: undefined, message: undefined, requestId: undefined, excerpt: undefined };

/**
 * Reads an error body, given as text or as parsed JSON, in any of the service's three spellings: `Code`/`Message`/`RequestId`
 * (2021-04-06), `ErrorCode`/`ErrorMessage` (2016-08-15), `errorCode`/`errorMessage` (its documentation). Never throws.
 */
export function parseErrorBody(body: unknown): ErrorBody {
  const value = typeof body === "string" ? parseJson(body) : body;
  const fields =
    typeof value === "object" && value !== null ? new Map<string, unknown>(Object.entries(value)) : undefined;
  const code = firstText(fields, ["Code", "ErrorCode", "errorCode"], MAX_CODE_LENGTH);
  const message = firstText(fields, ["Message", "ErrorMessage", "errorMessage"], MAX_MESSAGE_LENGTH);
  const requestId = firstText(fields, ["RequestId", "requestId"], MAX_CODE_LENGTH);
  if (code !== undefined || message !== undefined) return { code, message, requestId, excerpt: undefined };
  if (typeof body === "string" && body !== "") return { ...EMPTY, requestId, excerpt: bodyExcerpt(body) };
  return { ...EMPTY, requestId };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstText(
  fields: ReadonlyMap<string, unknown> | undefined,
  names: readonly string[],
  maxLength: number,
): string | undefined {
  for (const name of names) {
    const value = fields?.get(name);
    if (typeof value === "string" && value !== "") {
      return value.length <= maxLength ? value : `${value.slice(0, maxLength).toWellFormed()}…`;
    }
  }
  return undefined;
}
