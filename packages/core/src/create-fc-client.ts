import {
  apiErrorFrom,
  canonicalQuery,
  createSignedFetch,
  endpointFor,
  FcPaginationError,
  items,
  LightRequest,
  pages,
  type FcApiError,
  type Page,
  type QueryPair,
  type SigningScheme,
} from "@fc-async/protocol";
import createOpenApiClient from "openapi-fetch";
import type { AsyncFunction } from "./async-function.ts";
import type { ApiVersion, FcClient, FcClientOptions, ListOptions } from "./fc-client.ts";
import type { paths } from "./generated/schema.ts";
import { parsePage } from "./parse-page.ts";

const OPERATION = "ListStatefulAsyncInvocationFunctions";
/** The only argument that differs between the pages of one walk is the token. */
const INVALID_ARGUMENT = "InvalidArgument";
const MAX_LIMIT = 100;
const DEFAULT_MAX_NAME_LENGTH = 512;

/** Version and signature scheme go together; crossed pairs are not documented. */
const VERSIONS = {
  "2021-04-06": {
    path: "/2021-04-06/stateful-async-invocation-functions",
    scheme: { name: "acs3", action: OPERATION, version: "2021-04-06" },
  },
  "2016-08-15": { path: "/2016-08-15/stateful-async-invocation-functions", scheme: { name: "fc" } },
} as const satisfies Record<ApiVersion, { path: keyof paths; scheme: SigningScheme }>;

/**
 * Makes the client of one account in one region. Nothing is sent yet.
 *
 * @throws {TypeError} for an account id, region or endpoint that cannot be right.
 * @example
 * const client = createFcClient({ accountId, region: "cn-hangzhou", credentials: { accessKeyId, accessKeySecret } });
 * for await (const fn of client.listFunctions()) console.log(fn.serviceName, fn.functionName, fn.qualifier);
 */
export function createFcClient(options: FcClientOptions): FcClient {
  const { accountId, region, credentials, limits = {}, now = Date.now } = options;
  const { maxNameLength = DEFAULT_MAX_NAME_LENGTH } = limits;
  const { path, scheme } = VERSIONS[options.api ?? "2021-04-06"];
  const endpoint = endpointFor({ accountId, region, template: options.endpoint });
  const signedFetch = createSignedFetch({
    credentials: typeof credentials === "function" ? credentials : () => credentials,
    scheme,
    fetch: options.fetch,
    hash: options.hash,
    now,
    random: options.random,
    nonce: options.nonce,
    sleep: options.sleep,
    retry: options.retry,
    maxBodyBytes: limits.maxBodyBytes,
    attemptTimeoutMs: options.attemptTimeoutMs,
  });
  const { GET } = createOpenApiClient<paths>({
    baseUrl: endpoint,
    fetch: signedFetch,
    Request: LightRequest,
    headers: { "X-Fc-Account-Id": accountId },
  });

  function listPages(listOptions: ListOptions = {}): AsyncGenerator<Page<AsyncFunction>, void, undefined> {
    const { limit = MAX_LIMIT, startingToken, traceId, ...scope } = listOptions;
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
      throw new RangeError(`limit must be an integer from 1 to ${MAX_LIMIT}, not ${limit}`);
    }
    const fetch = signedFetch.startWalk(scope);
    // Not by openapi-fetch: its `new Headers()` loads Node's built-in HTTP client, a tenth of a first walk (docs/adr/0009-walks-skip-openapi-fetch.md).
    const headers = { "X-Fc-Account-Id": accountId, ...(traceId === undefined ? {} : { "X-Fc-Trace-Id": traceId }) };
    let pageNumber = 0;

    async function fetchPage(nextToken: string | undefined): Promise<Page<AsyncFunction>> {
      pageNumber += 1;
      const query: QueryPair[] = [["limit", limit.toString()]];
      if (nextToken !== undefined) query.push(["nextToken", nextToken]);
      const response = await fetch(new LightRequest(`${endpoint}${path}?${canonicalQuery(query)}`, { headers }));
      if (!response.ok) {
        const { clockSkewMs } = signedFetch;
        const error = apiErrorFrom(response, await response.text(), { traceId, nowMs: now(), clockSkewMs });
        throw pageNumber > 1 && error.serverCode === INVALID_ARGUMENT ? refusedToken(pageNumber, error) : error;
      }
      const requestId = response.headers.get("x-fc-request-id") ?? undefined;
      return parsePage(await response.json(), { pageNumber, limit, maxNameLength, status: response.status, requestId });
    }

    return pages(fetchPage, { ...limits, startingToken, signal: scope.signal });
  }

  return {
    endpoint,
    get clockSkewMs() {
      return signedFetch.clockSkewMs;
    },
    listPages,
    listFunctions: (listOptions) => items(listPages(listOptions)),
    GET,
  };
}

function refusedToken(pageNumber: number, cause: FcApiError): FcPaginationError {
  return new FcPaginationError(
    `The service refused the token it gave for page ${pageNumber} (${cause.message}). ` +
      "It may have expired: read the list again from its start, with a larger limit or less time between pages.",
    { problem: "refused_token", cause },
  );
}
