import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { Server, Socket } from "node:net";
import { createNodeFetch, type NodeFetch, type NodeFetchOptions } from "@fc-async/protocol/node";
import { onTestFinished } from "vitest";

/** A server on a free port of loopback, gone with its connections when the test ends. */
export interface LocalServer {
  readonly port: number;
  /** All connections it was ever given. */
  readonly sockets: ReadonlySet<Socket>;
  readonly closeConnections: () => void;
  readonly close: () => void;
}

/** Listens with any server of node:net, node:http or node:https. */
export async function listen(server: Server): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server does not listen on a port");
  const closeConnections = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const close = (): void => {
    server.close();
    closeConnections();
  };
  onTestFinished(close);
  return { port: address.port, sockets, closeConnections, close };
}

/** A `createNodeFetch()` that lets go of its connections when the test ends. */
export function nodeFetch(options: NodeFetchOptions = {}): NodeFetch {
  const fetch = createNodeFetch(options);
  onTestFinished(() => fetch.close());
  return fetch;
}

/** A file of `certificates/`, by its name without `.pem`. */
export function pem(name: string): string {
  return readFileSync(new URL(`certificates/${name}.pem`, import.meta.url), "utf8");
}

/** A server that answers with this, on a free port. */
export async function serve(listener: RequestListener): Promise<number> {
  return (await listen(createServer(listener))).port;
}
