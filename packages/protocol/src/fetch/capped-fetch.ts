import { isFcError } from "../errors/fc-error.ts";
import { FcLimitError } from "../errors/fc-limit-error.ts";
import { FcTimeoutError } from "../errors/fc-timeout-error.ts";
import { transportErrorFrom } from "../errors/transport-error-from.ts";
import { LightResponse } from "./light-response.ts";
import { refuseRedirect } from "./refuse-redirect.ts";
import {
  describeRequest,
  type AttemptBounds,
  type AttemptFetch,
  type AttemptRequest,
  type SendBounded,
} from "./send-bounded.ts";

/** Makes any `fetch` keep the bounds of an attempt, also one that ignores its signal. */
export function cappedFetch(fetch: AttemptFetch): SendBounded {
  return async (request, bounds) => {
    const { signal } = request;
    signal?.throwIfAborted();
    const stop = new AbortController();
    const stopped = new Promise<never>((_resolve, reject) => {
      stop.signal.addEventListener("abort", () => reject(stop.signal.reason), { once: true });
    });
    const onAbort = (): void => stop.abort(signal?.reason);
    signal?.addEventListener("abort", onAbort, { once: true });
    const timer = setTimeout(() => stop.abort(attemptTimeout(request, bounds)), bounds.timeoutMs);
    try {
      return await Promise.race([exchange(fetch, request, bounds, stop.signal), stopped]);
    } catch (error) {
      if (stop.signal.aborted) throw stop.signal.reason;
      throw isFcError(error) ? error : transportErrorFrom(error, describeRequest(request));
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    }
  };
}

async function exchange(
  fetch: AttemptFetch,
  request: AttemptRequest,
  bounds: AttemptBounds,
  signal: AbortSignal,
): Promise<LightResponse> {
  const url = `${request.origin.protocol}//${request.origin.host}${request.target}`;
  // The platform writes Host itself, from the URL, and browsers allow no other.
  const headers = request.headers
    .filter(([name]) => name !== "host")
    .map(([name, value]): [string, string] => [name, value]);
  const response = await fetch(url, {
    method: request.method,
    headers,
    body: request.body ?? null,
    redirect: "manual",
    signal,
  });
  refuseRedirect(describeRequest(request), response.status);
  if (response instanceof LightResponse) {
    if (Number(response.headers.get("content-length")) <= bounds.maxBodyBytes) return response;
    throw bodyTooLarge(describeRequest(request), bounds.maxBodyBytes);
  }
  const bytes = await readBytes(response, bounds.maxBodyBytes, describeRequest(request));
  return new LightResponse(bytes, {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
    url,
  });
}

async function readBytes(response: Response, maxBodyBytes: number, request: string): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (response.body !== null) {
    for await (const chunk of response.body) {
      length += chunk.byteLength;
      if (length > maxBodyBytes) throw bodyTooLarge(request, maxBodyBytes);
      chunks.push(chunk);
    }
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/** The error of a body beyond its cap. */
export function bodyTooLarge(request: string, maxBodyBytes: number): FcLimitError {
  return new FcLimitError(
    `${request}: the body of the answer is larger than ${maxBodyBytes} bytes. Raise maxBodyBytes when that is expected.`,
    { limit: "maxBodyBytes", maximum: maxBodyBytes },
  );
}

function attemptTimeout(request: AttemptRequest, bounds: AttemptBounds): FcTimeoutError {
  return new FcTimeoutError(
    `${describeRequest(request)}: no whole answer within ${bounds.timeoutMs} ms. Check the network, or raise the timeout.`,
    { phase: "attempt", timeoutMs: bounds.timeoutMs },
  );
}
