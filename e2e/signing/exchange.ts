import { request, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { HeaderPair } from "@fc-async/protocol";

/** A GET as it goes on the wire: no client adds, changes or orders anything. */
export interface SentRequest {
  /** Path and query. */
  readonly target: string;
  /** All headers, `host` among them. */
  readonly headers: readonly HeaderPair[];
}

/** How an answer of either version of the API reads; `code` is `undefined` unless it is a refusal. */
export interface Verdict {
  readonly status: number;
  readonly code: string | undefined;
}

/** Sends a request to the server at this origin, whatever host the request names. */
export async function exchange(origin: string, { target, headers }: SentRequest): Promise<Verdict> {
  const { hostname, port } = new URL(origin);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ hostname, port, path: target, setHost: false, headers: headers.flat() }, resolve)
      .once("error", reject)
      .end();
  });
  const body: unknown = JSON.parse(await text(response));
  return { status: response.statusCode ?? 0, code: codeOf(body) };
}

/** 2021-04-06 spells it `Code`, 2016-08-15 `ErrorCode`. */
function codeOf(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const code = "Code" in body ? body.Code : "ErrorCode" in body ? body.ErrorCode : undefined;
  return typeof code === "string" ? code : undefined;
}
