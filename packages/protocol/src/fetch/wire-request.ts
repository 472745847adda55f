import { parseQuery } from "../encoding/parse-query.ts";
import { canonicalQuery } from "../signing/canonical-query.ts";
import type { HeaderPair } from "../signing/request-to-sign.ts";
import { LightHeaders } from "./light-headers.ts";
import { LightRequest } from "./light-request.ts";
import type { Origin, UrlParts } from "./split-url.ts";
import { urlOf } from "./url-of.ts";

/** One call, read once; every attempt is made from it. */
export interface WireRequest {
  readonly method: string;
  readonly origin: Origin;
  readonly path: string;
  /** In its canonical form, which is also the one sent. */
  readonly query: string;
  /** What the caller set, without the headers a signature brings along. */
  readonly headers: readonly HeaderPair[];
  readonly body: Uint8Array<ArrayBuffer> | undefined;
  readonly signal: AbortSignal | undefined;
  readonly traceId: string | undefined;
}

/** Set by the signer or the connection; a caller's value would contradict them. */
const OWNED_HEADERS: ReadonlySet<string> = new Set([
  "authorization",
  "connection",
  "content-length",
  "date",
  "host",
  "transfer-encoding",
  "x-acs-accesskey-id",
  "x-acs-action",
  "x-acs-content-sha256",
  "x-acs-date",
  "x-acs-security-token",
  "x-acs-signature-nonce",
  "x-acs-version",
  "x-fc-date",
  "x-fc-security-token",
]);

/** Reads the arguments of a `fetch`. */
export async function wireRequest(
  input: string | URL | Request,
  init: RequestInit | undefined,
  split: (url: string) => UrlParts,
): Promise<WireRequest> {
  const request = input instanceof LightRequest && init === undefined ? input : undefined;
  const from = typeof input === "string" || input instanceof URL ? undefined : input;
  const { origin, path, query } = split(urlOf(input));
  const given = request?.headers ?? new LightHeaders(init?.headers ?? from?.headers);
  const headers: HeaderPair[] = [];
  for (const pair of given.pairs()) if (!OWNED_HEADERS.has(pair[0])) headers.push(pair);
  if (!given.has("accept")) headers.push(["accept", "application/json"]);
  return {
    method: (init?.method ?? from?.method ?? "GET").toUpperCase(),
    origin,
    path,
    query: canonicalQuery(parseQuery(query)),
    headers,
    body: await bodyOf(init?.body ?? undefined, from),
    signal: init?.signal ?? (from instanceof LightRequest ? from.givenSignal : from?.signal),
    traceId: given.get("x-fc-trace-id") ?? undefined,
  };
}

async function bodyOf(
  body: BodyInit | undefined,
  from: Request | undefined,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (body !== undefined) return new Response(body).bytes();
  if (from === undefined) return undefined;
  const isEmpty = from instanceof LightRequest ? from.bodyInit === null : from.body === null;
  return isEmpty ? undefined : new Uint8Array(await from.arrayBuffer());
}
