import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Emulator } from "@fc-async/emulator";
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
}

export interface EmulatorServer {
  /** `http://127.0.0.1:10407`: for clients that name no account in the host. */
  readonly url: string;
  /** `http://{account_id}.{region}.localhost:10407`: the `endpoint` of a configuration file. */
  readonly endpointTemplate: string;
  readonly port: number;
  /** Stops listening, lets running exchanges end for half a second, then drops what is left. */
  close(): Promise<void>;
}

/**
 * Serves an emulator over HTTP. On node:http itself: a fault needs the socket, and the verifier the request line as it came.
 *
 * @throws the listen error of Node, `EADDRINUSE` for one.
 */
export async function startEmulatorServer(options: EmulatorServerOptions): Promise<EmulatorServer> {
  const { emulator, hostname = "127.0.0.1", port = 0 } = options;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    serve(emulator, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  const boundPort = await listen(server, hostname, port);
  const urlHost = hostname.includes(":") ? `[${hostname}]` : hostname;
  return {
    url: `http://${urlHost}:${boundPort}`,
    endpointTemplate: `http://{account_id}.{region}.localhost:${boundPort}`,
    port: boundPort,
    close: () => close(server),
  };
}

async function serve(emulator: Emulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  await perform(await emulator.answer(await receivedMessage(request)), response);
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
