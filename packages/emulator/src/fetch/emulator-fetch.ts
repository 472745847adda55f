import type { ReceivedMessage } from "../exchange/received-message.ts";
import type { TransportFault, WireAnswer } from "../exchange/wire-answer.ts";
import { connectionError, faultedResponse } from "./faulted-response.ts";
import { receivedMessageFrom } from "./received-message-from.ts";
import { responseFrom } from "./response-from.ts";

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * A `fetch` whose every request goes to one exchange, whatever its URL: what a client would see over a socket, without one.
 * Bodies with `Content-Encoding: gzip` arrive decompressed, and a redirect is an error unless it is to be handed out.
 */
export function emulatorFetch(
  answer: (message: ReceivedMessage) => Promise<WireAnswer | TransportFault>,
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const request = typeof input === "string" || input instanceof URL ? undefined : input;
    const signal = init?.signal ?? request?.signal;
    signal?.throwIfAborted();
    const message = await receivedMessageFrom(input, init);
    const outcome = await unlessAborted(answer(message), signal);
    if (outcome.type !== "answer") return faultedResponse(outcome, signal, sleep);
    if (REDIRECTS.has(outcome.status) && (init?.redirect ?? request?.redirect) !== "manual") {
      throw connectionError("fetch failed", "ERR_UNEXPECTED_REDIRECT");
    }
    return decompressed(responseFrom(outcome, message.method));
  };
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    // It may have aborted while the body of the request was read.
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

function decompressed(response: Response): Response {
  if (response.headers.get("content-encoding") !== "gzip" || response.body === null) return response;
  const { status, headers, body } = response;
  return new Response(body.pipeThrough(new DecompressionStream("gzip")), { status, headers });
}
