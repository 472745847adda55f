import type { IncomingMessage } from "node:http";
import type { LookupFunction } from "node:net";
import { isFcError } from "../errors/fc-error.ts";
import { FcNetworkError } from "../errors/fc-network-error.ts";
import { FcResponseError } from "../errors/fc-response-error.ts";
import { transportErrorFrom } from "../errors/transport-error-from.ts";
import { bodyTooLarge } from "../fetch/capped-fetch.ts";
import { LightHeaders } from "../fetch/light-headers.ts";
import { LightResponse } from "../fetch/light-response.ts";
import { refuseRedirect } from "../fetch/refuse-redirect.ts";
import { describeRequest, type AttemptBounds, type AttemptRequest, type SendBounded } from "../fetch/send-bounded.ts";
import { splitUrl } from "../fetch/split-url.ts";
import { urlOf } from "../fetch/url-of.ts";
import { withDefaults, type Given } from "../with-defaults.ts";
import { createAgents } from "./create-agents.ts";
import { decompress, UnknownEncodingError } from "./decompress.ts";
import { exchange, type PhaseTimeouts } from "./exchange.ts";
import { ADDRESS_REFUSED } from "./guarded-lookup.ts";
import type { ProxyEnvironment } from "./proxy-for.ts";

export interface NodeFetchOptions {
  /** Connections to one host at a time. Default unlimited; a walk uses one. */
  readonly maxConnectionsPerHost?: number | undefined;
  /** Default connect 5 s, headers 10 s, body 15 s. */
  readonly timeouts?: Given<PhaseTimeouts> | undefined;
  /** PEM certificates trusted beside the platform's own. There is no way to trust without a certificate. */
  readonly ca?: string | readonly string[] | undefined;
  /** Where `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` are read from, usually `process.env`. Default: no proxy. */
  readonly env?: ProxyEnvironment | undefined;
  /** Resolves names. Default `dns.lookup`. `*.localhost` and refused addresses are handled before and after it. */
  readonly lookup?: LookupFunction | undefined;
  /**
   * Hosts that may have a private address (RFC 1918, RFC 6598, RFC 4193), asked for at each connection. Those of the vendor,
   * under `.aliyuncs.com`, always may: inside a VPC they have. Default: no other.
   */
  readonly privateHosts?: (() => readonly string[]) | undefined;
  /** Largest body in bytes after decompression when called as a plain `fetch`. Default 4 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /**
   * Told about the head of each answer as node:http has it, for what a `Response` does not show: the encoding, the connection.
   * Must not read its body, nor throw.
   */
  readonly onHead?: ((message: IncomingMessage) => void) | undefined;
}

/** A `fetch` on node:http(s), to inject into `createSignedFetch`. */
export interface NodeFetch {
  (input: string | URL | Request, init?: RequestInit): Promise<Response>;
  readonly sendBounded: SendBounded;
  /** Closes the kept connections. */
  close(): void;
}

const DEFAULT_TIMEOUTS: PhaseTimeouts = { connectMs: 5_000, headersMs: 10_000, bodyMs: 15_000 };
const DEFAULT_MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * Makes a `fetch` that keeps connections open, resumes TLS sessions, honours proxies, resolves `*.localhost` to loopback and
 * sends nothing to metadata or link-local addresses, nor to private ones of hosts that are not named. It never follows a redirect and never loads Node's built-in HTTP client.
 * Answers are `LightResponse`s, read whole.
 *
 * @throws {Error} when a proxy is set and this version of Node cannot use one.
 * @throws {TypeError} when a proxy is set and is no http or https URL.
 */
export function createNodeFetch(options: NodeFetchOptions = {}): NodeFetch {
  const timeouts = withDefaults(DEFAULT_TIMEOUTS, options.timeouts);
  const agents = createAgents({
    maxConnectionsPerHost: options.maxConnectionsPerHost,
    lookup: options.lookup,
    privateHosts: options.privateHosts ?? (() => []),
    ca: typeof options.ca === "string" ? [options.ca] : (options.ca ?? []),
    env: options.env ?? {},
  });

  async function sendBounded(request: AttemptRequest, bounds: AttemptBounds): Promise<LightResponse> {
    const { signal, origin } = request;
    signal?.throwIfAborted();
    try {
      const { message, body } = await exchange(request, bounds, agents.wayTo(origin), timeouts, options.onHead);
      const status = message.statusCode ?? 0;
      refuseRedirect(describeRequest(request), status);
      const headers = LightHeaders.fromRaw(message.rawHeaders);
      const encoding = headers.get("content-encoding");
      const bytes =
        encoding === null || body.byteLength === 0 ? body : await decompress(body, encoding, bounds.maxBodyBytes);
      const url = `${origin.protocol}//${origin.host}${request.target}`;
      return new LightResponse(bytes, { status, statusText: message.statusMessage, headers, url });
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      throw isFcError(error) ? error : sendErrorFrom(error, request, bounds);
    }
  }

  async function fetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const from = typeof input === "string" || input instanceof URL ? undefined : input;
    const { origin, path, query } = splitUrl(new URL(urlOf(input)));
    const headers = new LightHeaders(init.headers ?? from?.headers);
    headers.set("host", origin.host);
    const body = init.body ?? from?.body ?? undefined;
    const timeoutMs = timeouts.connectMs + timeouts.headersMs + timeouts.bodyMs;
    return sendBounded(
      {
        method: (init.method ?? from?.method ?? "GET").toUpperCase(),
        origin,
        target: query === "" ? path : `${path}?${query}`,
        headers: [...headers],
        body: body === undefined ? undefined : new Uint8Array(await new Response(body).arrayBuffer()),
        signal: init.signal ?? from?.signal,
      },
      { maxBodyBytes: options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES, timeoutMs },
    );
  }

  return Object.assign(fetch, { sendBounded, close: () => agents.close() });
}

function sendErrorFrom(error: unknown, request: AttemptRequest, bounds: AttemptBounds): Error {
  const name = describeRequest(request);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ERR_BUFFER_TOO_LARGE") return bodyTooLarge(name, bounds.maxBodyBytes);
  if (error instanceof UnknownEncodingError) {
    return new FcResponseError(`${name}: ${error.message}. Check any proxy on the way.`, { cause: error });
  }
  if (code === ADDRESS_REFUSED && error instanceof Error) {
    return new FcNetworkError(`${name}: ${error.message}. Check the endpoint.`, {
      reason: "network",
      retryable: false,
      cause: error,
    });
  }
  return transportErrorFrom(error, name);
}
