import { once } from "node:events";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { createServer, type Socket } from "node:net";
import { http } from "@fc-async/protocol/node";
import type { ListenAddress } from "../listen-address.ts";
import { createConnections } from "./connections.ts";
import { guardRequests } from "./guard-requests.ts";
import { createSecureFront } from "./secure-front.ts";
import type { WebConfigSource } from "./open-web-config.ts";

export interface RunningServer {
  /** The port the system gave, when 0 was asked for. */
  readonly port: number;
  /** Takes no more connections, and resolves when the open answers are out; what is left after 3 s is cut. */
  stop(): Promise<void>;
}

export interface StartServerOptions {
  /** TLS, HTTP/2, headers, users and rate limit. Default: plain HTTP for everybody. */
  readonly web?: WebConfigSource | undefined;
  /** Requests answered at a time on this address; one more gets 503. 0 = no limit. Default 40, as in node_exporter. */
  readonly maxRequests?: number | undefined;
}

/** What the daemons are asked is small and comes whole: a slow or large head is no scrape and no command. */
const MAX_HEAD_BYTES = 8192;
const LIMITS = {
  headersTimeout: 5000,
  requestTimeout: 10_000,
  maxHeaderSize: MAX_HEAD_BYTES,
  connectionsCheckingInterval: 1000,
};
const MAX_CONNECTIONS = 256;
const MAX_REQUESTS = 40;
/** For answers that are being written. */
const STOP_GRACE_MS = 3000;
const SWEEP_MS = 50;

/**
 * Starts a bounded HTTP server: heads of 8 KiB that come within 5 s, requests within 10 s, 256 connections, of which the one that has
 * been silent longest gives way to a new one. Rejects with the system's error when it cannot listen.
 */
export async function startServer(
  listener: RequestListener,
  address: ListenAddress,
  options: StartServerOptions = {},
): Promise<RunningServer> {
  const { web, maxRequests = MAX_REQUESTS } = options;
  const connections = createConnections(MAX_CONNECTIONS);
  const guarded = guardRequests(listener, { web, maxRequests });
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    connections.answering(request.socket, response);
    guarded(request, response);
  };

  // It listens on nothing: connections are handed to it, plain ones and those that TLS has opened.
  const http1 = http.createServer(LIMITS, answer);
  // At this event Node begins to look after the time limits.
  http1.emit("listening");
  const serveHttp1 = (socket: Socket): void => void http1.emit("connection", socket);
  const secureFront = web && createSecureFront({ web, answer, serveHttp1, maxHeadBytes: MAX_HEAD_BYTES });

  const server = createServer((socket) => {
    // Whoever is given the socket handles its errors; until then it only has to be closed.
    socket.on("error", () => undefined);
    if (!connections.admit(socket)) socket.destroy();
    else if (secureFront === undefined) serveHttp1(socket);
    else void secureFront.accept(socket);
  });
  server.listen({ port: address.port, ...(address.hostname === undefined ? {} : { host: address.hostname }) });
  await once(server, "listening");
  const bound = server.address();
  let stopped: Promise<void> | undefined;

  async function stop(): Promise<void> {
    const closed = once(server, "close");
    server.close();
    http1.close();
    secureFront?.closeSessions();
    // Connections fall idle when their answer is out, and Node closes only those that are idle by now.
    const sweep = setInterval(() => http1.closeIdleConnections(), SWEEP_MS);
    // A connection that never sent a whole request counts as busy, and nobody ends it any more.
    const rest = setTimeout(() => connections.destroyAll(), STOP_GRACE_MS);
    await closed;
    clearInterval(sweep);
    clearTimeout(rest);
  }

  return {
    port: typeof bound === "object" && bound !== null ? bound.port : address.port,
    stop: () => (stopped ??= stop()),
  };
}
