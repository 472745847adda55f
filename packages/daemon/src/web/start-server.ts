import { once } from "node:events";
import type { RequestListener } from "node:http";
import { http } from "@fc-async/protocol/node";
import type { ListenAddress } from "../listen-address.ts";

export interface RunningServer {
  /** The port the system gave, when 0 was asked for. */
  readonly port: number;
  /** Takes no more connections, and resolves when the open answers are out; what is left after 3 s is cut. */
  stop(): Promise<void>;
}

/** What the daemons are asked is small and comes whole: a slow or large head is no scrape and no command. */
const LIMITS = { headersTimeout: 5000, requestTimeout: 10_000, maxHeaderSize: 8192, connectionsCheckingInterval: 1000 };
const MAX_CONNECTIONS = 256;
/** For answers that are being written. */
const STOP_GRACE_MS = 3000;
const SWEEP_MS = 50;

/** Starts a bounded HTTP server. Rejects with the system's error when it cannot listen. */
export async function startServer(listener: RequestListener, address: ListenAddress): Promise<RunningServer> {
  const server = http.createServer(LIMITS, listener);
  server.maxConnections = MAX_CONNECTIONS;
  server.listen({ port: address.port, ...(address.hostname === undefined ? {} : { host: address.hostname }) });
  await once(server, "listening");
  const bound = server.address();
  let stopped: Promise<void> | undefined;

  async function stop(): Promise<void> {
    const closed = once(server, "close");
    server.close();
    // Connections fall idle when their answer is out, and Node closes only those that are idle by now.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    // A connection that never sent a whole request counts as busy, and nobody ends it any more.
    const rest = setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS);
    await closed;
    clearInterval(sweep);
    clearTimeout(rest);
  }

  return {
    port: typeof bound === "object" && bound !== null ? bound.port : address.port,
    stop: () => (stopped ??= stop()),
  };
}
