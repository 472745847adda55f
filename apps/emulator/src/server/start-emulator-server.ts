import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Emulator } from "@fc-async/emulator";
import { http } from "@fc-async/protocol/node";
import type { TlsIdentity } from "../tls/tls-identity.ts";
import { perform } from "./perform.ts";
import { receivedMessage } from "./received-message.ts";

/** The service keeps idle connections this long (comment in `connect.go` of aliyun/fc-go-sdk). */
const KEEP_ALIVE_MS = 90_000;
const CLOSE_GRACE_MS = 500;

export interface EmulatorServerOptions {
  readonly emulator: Emulator;
  /** Address to listen on. Default `127.0.0.1`. */
  readonly hostname?: string | undefined;
  /** 0, the default, takes a free port. */
  readonly port?: number | undefined;
  /** Serves HTTPS with this key and certificate, both PEM. Default: plain HTTP. */
  readonly tls?: TlsIdentity | undefined;
}

export interface EmulatorServer {
  /** `http://127.0.0.1:10407`, `https:` with TLS: for clients that name no account in the host. */
  readonly url: string;
  /** `http://{account_id}.{region}.localhost:10407`: the `endpoint` of a configuration file. */
  readonly endpointTemplate: string;
  readonly port: number;
  /** Stops listening, lets running exchanges end for half a second, then drops what is left. */
  close(): Promise<void>;
}

/**
 * Serves an emulator over HTTP or HTTPS. On node:http itself: a fault needs the socket, and the verifier the request line as it came.
 *
 * @throws the listen error of Node, `EADDRINUSE` for one; with `tls` also OpenSSL's about a key or certificate.
 */
export async function startEmulatorServer(options: EmulatorServerOptions): Promise<EmulatorServer> {
  const { emulator, hostname = "127.0.0.1", port = 0, tls } = options;
  const tcpSockets = new Map<string, Socket>();
  const listener: RequestListener = (request, response) => {
    serve(emulator, request, response, () => tcpSockets.get(peerOf(request.socket))).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  };
  const server = await serverFor(tls, listener);
  server.on("connection", (socket: Socket) => {
    const peer = peerOf(socket);
    tcpSockets.set(peer, socket);
    socket.once("close", () => {
      // The system may have given the port to another by now.
      if (tcpSockets.get(peer) === socket) tcpSockets.delete(peer);
    });
  });
  const scheme = tls === undefined ? "http" : "https";
  const boundPort = await listen(server, hostname, port);
  const urlHost = hostname.includes(":") ? `[${hostname}]` : hostname;
  return {
    url: `${scheme}://${urlHost}:${boundPort}`,
    endpointTemplate: `${scheme}://{account_id}.{region}.localhost:${boundPort}`,
    port: boundPort,
    close: () => close(server),
  };
}

async function serverFor(tls: TlsIdentity | undefined, listener: RequestListener): Promise<Server> {
  if (tls === undefined) return http.createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, listener);
  // Loaded when it is asked for: plain HTTP takes less memory without it.
  const https = await import("node:https");
  return https.createServer({ keepAliveTimeout: KEEP_ALIVE_MS, key: tls.key, cert: tls.cert }, listener);
}

async function serve(
  emulator: Emulator,
  request: IncomingMessage,
  response: ServerResponse,
  tcpSocket: () => Socket | undefined,
): Promise<void> {
  await perform(await emulator.answer(await receivedMessage(request)), response, tcpSocket);
}

/** Address and port of the other end: the same for a TLS socket and the TCP socket under it, which nothing else ties together. */
function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function listen(server: Server, hostname: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const grace = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(grace);
      resolve();
    });
  });
}
