import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { WebConfigSource } from "./open-web-config.ts";
import { textAnswer } from "./text-answer.ts";

export interface GuardOptions {
  /** Users, headers and rate limit. `undefined` = everybody may ask. */
  readonly web: WebConfigSource | undefined;
  /** Requests answered at a time; 0 = no limit. */
  readonly maxRequests: number;
}

/**
 * Puts before a listener what exporter-toolkit and node_exporter do to every request: headers of the file, 429 above its rate limit, 401
 * for who is no user of it, 503 when `maxRequests` are being answered. A request counts until its answer is handed over
 * whole: a client that reads slowly takes no place from others.
 */
export function guardRequests(listener: RequestListener, { web, maxRequests }: GuardOptions): RequestListener {
  const answering = new Set<ServerResponse>();

  function isFull(): boolean {
    if (maxRequests === 0 || answering.size < maxRequests) return false;
    const unfinished = answering.values().reduce((count, { writableEnded }) => count + (writableEnded ? 0 : 1), 0);
    return unfinished >= maxRequests;
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    if (isFull()) {
      const text = `Limit of ${maxRequests} requests at a time reached. Try again later.\n`;
      textAnswer(response, 503, text, { "retry-after": "1" });
      return;
    }
    answering.add(response);
    response.once("close", () => answering.delete(response));
    listener(request, response);
  }

  if (web === undefined) return serve;

  async function admit(request: IncomingMessage, response: ServerResponse, source: WebConfigSource): Promise<void> {
    const refusal = await source.admit(request, response);
    if (refusal === undefined) serve(request, response);
    else textAnswer(response, refusal.status, `${refusal.text}\n`, refusal.headers);
  }
  return (request, response) => void admit(request, response, web);
}
