import type { WireAnswer } from "../exchange/wire-answer.ts";

const NULL_BODY_STATUSES: ReadonlySet<number> = new Set([204, 205, 304]);

/** A `Response` with the status, headers and bytes of an answer as they stand on the wire. */
export function responseFrom(answer: WireAnswer, method: string): Response {
  const hasBody = method !== "HEAD" && !NULL_BODY_STATUSES.has(answer.status);
  return responseWithBody(answer, hasBody ? answer.body : null);
}

/** The same head over another body. */
export function responseWithBody({ status, headers }: WireAnswer, body: BodyInit | null): Response {
  return new Response(body, { status, headers: headers.map(([name, value]): [string, string] => [name, value]) });
}
