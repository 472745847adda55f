import { isFcError } from "@fc-async/protocol";
import { isAllowedTarget, type TargetSettings } from "./is-allowed-target.ts";
import type { RelayedAnswer, RelayFailure, RelayRequest } from "./relay-message.ts";

/** What the relay needs of the platform. */
export interface RelayOptions extends TargetSettings {
  /** Bounded, and without redirects: `createNodeFetch()`. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** A monotonic clock in milliseconds: `performance.now`. */
  readonly nowMs: () => number;
}

/** What came of a request: an answer of the upstream, or a failure with the status to tell it with. */
export type RelayOutcome =
  | { readonly status: 200; readonly body: RelayedAnswer }
  | { readonly status: 403 | 502; readonly body: RelayFailure };

/** Sends signed requests on to the vendor's hosts and the emulator, because a page may not read answers of other origins. */
export type Relay = (request: RelayRequest, signal: AbortSignal) => Promise<RelayOutcome>;

/** What belongs to a signed request. Cookies, `Host` and what is the connection's own are left behind. */
const FORWARDED = /^(?:accept|authorization|date|user-agent|x-acs-[a-z0-9-]+|x-fc-[a-z0-9-]+)$/;

/** Makes a relay. It holds no state and no key; whatever it forwards was signed before. */
export function createRelay({ fetch, nowMs, emulatorEndpoint }: RelayOptions): Relay {
  return async ({ url, headers }, signal) => {
    if (!isAllowedTarget(url, { emulatorEndpoint })) {
      return { status: 403, body: targetRefused(url, emulatorEndpoint) };
    }
    const { host } = new URL(url);
    const startedMs = nowMs();
    try {
      const response = await fetch(url, {
        method: "GET",
        headers: headers
          .map(([name, value]): [string, string] => [name.toLowerCase(), value])
          .filter(([name]) => FORWARDED.test(name)),
        signal,
      });
      const body = strictText(await response.bytes());
      if (body === undefined) return { status: 502, body: notText(host, response.status) };
      return {
        status: 200,
        body: {
          status: response.status,
          statusText: response.statusText,
          headers: [...response.headers],
          body,
          durationMs: nowMs() - startedMs,
        },
      };
    } catch (error) {
      if (!isFcError(error)) throw error;
      return { status: 502, body: { side: "upstream", code: error.code, message: messageOf(error, host) } };
    }
  };
}

function targetRefused(url: string, emulatorEndpoint: string): RelayFailure {
  const shown = JSON.stringify(url.replace(/\/\/[^/]*@/, "//…@").slice(0, 200));
  return {
    side: "relay",
    code: "target_refused",
    message:
      `The relay does not send to ${shown}. It sends the operation to the vendor's hosts over https and to the emulator at ` +
      `${emulatorEndpoint} alone. Correct the endpoint, or start the explorer with --emulator.endpoint.`,
  };
}

function notText(host: string, status: number): RelayFailure {
  return {
    side: "upstream",
    code: "FC_RESPONSE",
    message: `${host} answered ${status}, but its body is not UTF-8. Check the endpoint and any proxy on the way.`,
  };
}

function messageOf(error: { readonly code: string; readonly message: string }, host: string): string {
  const said =
    error.code === "FC_LIMIT"
      ? "its body is larger than the 4 MiB that are read, where a page of 100 rows has some kilobytes. Check the endpoint and any proxy on the way."
      : error.message;
  return `${host} was asked and gave no usable answer: ${said}`;
}

/** `undefined` for bytes that are not UTF-8. `text()` of an error's body would put U+FFFD in their place. */
function strictText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
