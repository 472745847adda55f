import type {
  CallScope,
  Credentials,
  CredentialsProvider,
  Page,
  SignatureHash,
  SignedFetchOptions,
} from "@fc-async/protocol";
import type { Client } from "openapi-fetch";
import type { AsyncFunction } from "./async-function.ts";
import type { paths } from "./generated/schema.ts";

/** How to reach one account in one region. Everything but the first three has a default. */
export interface FcClientOptions {
  /** Digits: the account, not a RAM user. Sent as `X-Fc-Account-Id`. */
  readonly accountId: string;
  /** For example `cn-hangzhou`. */
  readonly region: string;
  /** A key pair, or what answers one before each attempt. */
  readonly credentials: Credentials | CredentialsProvider;
  /**
   * An origin instead of the vendor's, in which `{account_id}` and `{region}` are replaced; https unless on loopback.
   * Default `https://{account_id}.{region}.fc.aliyuncs.com`.
   */
  readonly endpoint?: string | undefined;
  /** `2021-04-06` is signed with ACS3-HMAC-SHA256, its older twin `2016-08-15` with `FC`. Default `2021-04-06`. */
  readonly api?: ApiVersion | undefined;
  readonly limits?: FcClientLimits | undefined;
  /** Default 4 attempts, see `RetryPolicy`. */
  readonly retry?: SignedFetchOptions["retry"];
  /** Default 30 s. */
  readonly attemptTimeoutMs?: number | undefined;
  /** Default: the platform's `fetch`. On Node `createNodeFetch()` of `@fc-async/protocol/node` takes less than half the CPU time. */
  readonly fetch?: SignedFetchOptions["fetch"];
  /** Default WebCrypto. On Node `nodeHash` of `@fc-async/protocol/node` is faster. */
  readonly hash?: SignatureHash | undefined;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Uniform in [0, 1): jitter. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** Default: 32 random hexadecimal digits. */
  readonly nonce?: (() => string) | undefined;
  /** Default: the platform's timer. */
  readonly sleep?: SignedFetchOptions["sleep"];
}

export type ApiVersion = "2021-04-06" | "2016-08-15";

/** What a list may grow to before it is refused instead of used. */
export interface FcClientLimits {
  /** Default 1,000,000. */
  readonly maxRows?: number | undefined;
  /** Default 10,000. */
  readonly maxPages?: number | undefined;
  /** In direct succession. Default 50. */
  readonly maxEmptyPages?: number | undefined;
  /** Of one page, after decompression. Default 4 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** Of a service, function or qualifier, in UTF-16 code units. Default 512. */
  readonly maxNameLength?: number | undefined;
}

/** What one listing may be told; `signal`, `limiter`, `beforeWait` and `observe` as in `CallScope`. */
export interface ListOptions extends CallScope {
  /** Rows per page, an integer from 1 to 100; the service may send fewer. Default 100. */
  readonly limit?: number | undefined;
  /** A `nextToken` of an earlier page. Default: from the beginning. */
  readonly startingToken?: string | undefined;
  /** Sent as `X-Fc-Trace-Id`, and named in errors. */
  readonly traceId?: string | undefined;
}

/** The client of one account in one region. */
export interface FcClient {
  /** The origin that requests go to. */
  readonly endpoint: string;
  /** Offset of the service's clock against ours, learned from a rejection; 0 until then. */
  readonly clockSkewMs: number;
  /**
   * Every function with asynchronous tasks enabled, row by row, in server order. Pages are fetched as they are asked for;
   * `break` stops further requests. The list is complete when the iteration ends by itself, and only then.
   *
   * @throws {RangeError} at the call, for a limit outside 1–100.
   * @throws Errors of the `FcError` family during iteration; see `listPages`.
   */
  listFunctions(options?: ListOptions): AsyncGenerator<AsyncFunction, void, undefined>;
  /**
   * The same, page by page.
   *
   * @throws {RangeError} at the call, for a limit outside 1–100.
   * @throws {FcApiError} when the service refuses; 429, 499, 5xx and throttling were retried first.
   * @throws {FcNetworkError} or {FcTimeoutError} when no answer came, after retries.
   * @throws {FcResponseError} when an answer is not what the contract says.
   * @throws {FcPaginationError} when the service repeats a token, refuses one it gave, or sends empty pages for ever.
   * @throws {FcLimitError} when a cap of `limits` is passed.
   * @throws {FcCredentialsError} when the provider fails.
   * @see openapi/fc-2021-04-06.yaml, operation ListStatefulAsyncInvocationFunctions
   */
  listPages(options?: ListOptions): AsyncGenerator<Page<AsyncFunction>, void, undefined>;
  /** openapi-fetch's typed `GET`: one signed call, answered as `{ data, error, response }`. */
  readonly GET: Client<paths>["GET"];
}
