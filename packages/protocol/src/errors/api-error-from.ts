import { retryAfterMs } from "../retry/retry-after.ts";
import { escapeControlCharacters } from "./body-excerpt.ts";
import { explainApiError } from "./explain-api-error.ts";
import { FcApiError } from "./fc-api-error.ts";
import { parseErrorBody } from "./parse-error-body.ts";

/** What the answer itself does not know about its request. */
export interface ApiErrorContext {
  /** Default `GET`. */
  readonly method?: string | undefined;
  /** `X-Fc-Trace-Id` of the request. */
  readonly traceId?: string | undefined;
  /** Against which a `Retry-After` counts, milliseconds since the epoch. Default: the present. */
  readonly nowMs?: number | undefined;
  /** The service's clock minus ours, as learned: what a `Retry-After` date is written in. Default 0. */
  readonly clockSkewMs?: number | undefined;
}

/**
 * Makes the error of an answer that is not 2xx. `body` is its text or parsed JSON, as openapi-fetch hands it out. The message
 * reads `GET /path: 403 AccessDenied: … (request …, trace …). <next step>`.
 */
export function apiErrorFrom(
  response: Pick<Response, "status" | "headers" | "url">,
  body: unknown,
  context: ApiErrorContext = {},
): FcApiError {
  const { method = "GET", traceId, nowMs = Date.now(), clockSkewMs = 0 } = context;
  const errorBody = parseErrorBody(body);
  const meaning = explainApiError(response.status, errorBody);
  const requestId = errorBody.requestId ?? response.headers.get("x-fc-request-id") ?? undefined;
  const waitMs = retryAfterMs(response.headers, nowMs + clockSkewMs);

  const what = [response.status.toString(), errorBody.code].filter((part) => part !== undefined).join(" ");
  const said = errorBody.message ?? errorBody.excerpt;
  const ids = [requestId && `request ${requestId}`, traceId && `trace ${traceId}`].filter(Boolean).join(", ");
  const told = said === undefined ? what : `${what}: ${said.replace(/\.$/, "")}`;
  const line = `${method} ${pathOf(response.url)}: ${told}${ids === "" ? "" : ` (${ids})`}`;

  return new FcApiError(`${escapeControlCharacters(line)}. ${meaning.nextStep}`, {
    reason: meaning.reason,
    status: response.status,
    serverCode: errorBody.code,
    serverMessage: errorBody.message,
    requestId,
    traceId,
    retryable: meaning.retryable,
    retryAtMs: waitMs === undefined ? undefined : nowMs + waitMs,
    nextStep: meaning.nextStep,
  });
}

/** The path alone: a query may hold names. */
function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
