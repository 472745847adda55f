import { isUtf8 } from "node:buffer";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Logger } from "@fc-async/daemon";
import { isSslCheck, kindOf } from "./delivered-body.ts";
import { MAX_BODY_BYTES, readBody } from "./read-body.ts";
import { createReplayMemory } from "./replay-memory.ts";
import { verifyDelivery } from "./verify-delivery.ts";

export interface SlackHandlerOptions {
  /** The only path that is served. */
  readonly path: string;
  readonly signingSecret: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly logger: Logger;
  /** Takes over what was verified, its bytes in `rawBody`. */
  readonly next: RequestListener;
}

/**
 * The gate before everything else: one path, POST, a bounded body, a signature of Slack's that is fresh and was not used
 * before. What fails is answered with a bare status: nothing is said to strangers.
 */
export function createSlackHandler(options: SlackHandlerOptions): RequestListener {
  const { path, signingSecret, now, logger, next } = options;
  const replays = createReplayMemory();

  async function admit(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.split("?", 1)[0] !== path) return refuse(response, 404);
    if (request.method !== "POST") return refuse(response, 405, { allow: "POST" });
    const reading = await readBody(request, MAX_BODY_BYTES);
    if (!reading.ok) return reading.why === "too_large" ? refuse(response, 413) : void response.destroy();

    // What is signed are bytes. They are text, or not from Slack: decoding others would make several bodies one.
    if (!isUtf8(reading.body)) return refuse(response, 400);
    const body = reading.body.toString("utf8");
    const contentType = request.headers["content-type"] ?? "";
    // Unsigned by Slack's own design, so nothing else in it counts.
    if (isSslCheck(body, contentType)) return void response.writeHead(200).end();

    const nowMs = now();
    const verdict = verifyDelivery(
      {
        timestamp: oneHeader(request, "x-slack-request-timestamp"),
        signature: oneHeader(request, "x-slack-signature"),
        body,
      },
      signingSecret,
      nowMs,
    );
    const problem = verdict.ok
      ? replays.seenBefore(verdict.signature, nowMs)
        ? "replayed"
        : undefined
      : verdict.problem;
    if (problem !== undefined) {
      logger.warn("request refused", { problem, remote: request.socket.remoteAddress });
      return refuse(response, 401);
    }
    switch (kindOf(body, contentType)) {
      case "for_bolt":
        return next(Object.assign(request, { rawBody: reading.body }), response);
      case "other":
        return void response.writeHead(200).end();
      default:
        return refuse(response, 400);
    }
  }

  return (request, response) => {
    admit(request, response).catch((error: unknown) => {
      logger.error("a request failed", { err: error });
      if (!response.headersSent) refuse(response, 500);
    });
  };
}

function refuse(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  // The rest of a refused body is not waited for.
  response.writeHead(status, { ...headers, connection: "close" }).end();
}

function oneHeader(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}
