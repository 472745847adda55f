import type { OutgoingHttpHeaders, ServerResponse } from "node:http";

/** Answers with a short text that is never cached, because it tells of this moment. */
export function textAnswer(
  response: ServerResponse,
  status: number,
  text: string,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...headers,
  });
  response.end(text);
}
