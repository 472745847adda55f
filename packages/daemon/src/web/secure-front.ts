import { once } from "node:events";
import type { RequestListener } from "node:http";
import type { Http2Server, ServerHttp2Session, ServerHttp2Stream } from "node:http2";
import type { Socket } from "node:net";
import type { Server, TLSSocket } from "node:tls";
import type { WebConfigSource } from "./open-web-config.ts";
import { createTlsServer } from "./tls-server.ts";
import type { WebConfig, WebTlsConfig } from "./web-config.ts";
import { writeInSlices } from "./write-in-slices.ts";

/** Connections of a server that has a web config: each is served by what is in force when it comes. */
export interface SecureFront {
  /** Takes a connection of which nothing was read. */
  accept(socket: Socket): Promise<void>;
  /** Lets HTTP/2 clients know that there will be no more answers, and closes what is idle. */
  closeSessions(): void;
}

export interface SecureFrontOptions {
  readonly web: WebConfigSource;
  /** Answers requests of HTTP/2, which are given it in the shape of HTTP/1.1. */
  readonly answer: RequestListener;
  /** Takes a connection that speaks HTTP/1.1. */
  readonly serveHttp1: (socket: Socket) => void;
  readonly maxHeadBytes: number;
}

const SILENCE_MS = 5000;
const BODY_MS = 10_000;
const IDLE_SESSION_MS = 30_000;
const MAX_STREAMS = 64;
const FIRST_BYTE_OF_TLS = 22;
const PLAIN_ANSWER =
  "HTTP/1.0 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";

/** Opens TLS where the web config in force asks for it, and finds out which HTTP a client speaks. */
export function createSecureFront({ web, answer, serveHttp1, maxHeadBytes }: SecureFrontOptions): SecureFront {
  const servers = new WeakMap<WebTlsConfig, Server>();
  const sessions = new Set<ServerHttp2Session>();
  let http2: Promise<Http2Server> | undefined;
  let isClosing = false;

  function serverFor({ tls, http2: isOffered }: WebConfig): Server | undefined {
    if (tls === undefined) return undefined;
    const made =
      servers.get(tls) ??
      createTlsServer({ config: tls, http2: isOffered, onSecure: (socket) => void serveSecure(socket) });
    servers.set(tls, made);
    return made;
  }

  async function serveSecure(socket: TLSSocket): Promise<void> {
    if (socket.alpnProtocol !== "h2") {
      writeInSlices(socket);
      serveHttp1(socket);
      return;
    }
    http2 ??= createHttp2Server(answer, maxHeadBytes, keep);
    (await http2).emit("connection", socket);
  }

  function keep(session: ServerHttp2Session): void {
    if (isClosing) session.close();
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  }

  return {
    async accept(socket) {
      const server = serverFor(await web.current());
      if (server === undefined) {
        serveHttp1(socket);
        return;
      }
      const first = await firstByte(socket);
      if (first === FIRST_BYTE_OF_TLS) server.emit("connection", socket);
      else if (first === undefined) socket.destroy();
      else socket.end(PLAIN_ANSWER, () => socket.destroy());
    },
    closeSessions() {
      isClosing = true;
      for (const session of sessions) session.close();
    },
  };
}

/** Waits for a client to begin, and leaves what it sent where it was. `undefined` for one that went or stayed silent. */
async function firstByte(socket: Socket): Promise<number | undefined> {
  if (socket.readableLength === 0) {
    const ended = AbortSignal.timeout(SILENCE_MS);
    try {
      await once(socket, "readable", { signal: ended });
    } catch {
      return undefined;
    }
  }
  const chunk: unknown = socket.read();
  if (!Buffer.isBuffer(chunk)) return undefined;
  socket.unshift(chunk);
  return chunk[0];
}

async function createHttp2Server(
  answer: RequestListener,
  maxHeadBytes: number,
  onSession: (session: ServerHttp2Session) => void,
): Promise<Http2Server> {
  const { createServer } = await import("node:http2");
  const server = createServer({ settings: { maxConcurrentStreams: MAX_STREAMS } }, (request, response) => {
    const head = request.rawHeaders.reduce((bytes, text) => bytes + text.length, 0);
    if (head > maxHeadBytes) {
      response.writeHead(431);
      response.end();
      return;
    }
    // What HTTP/1.1 calls it; listeners know no other name.
    request.headers.host ??= request.authority;
    // eslint-disable-next-line typescript/no-unsafe-type-assertion -- Node's compatibility API is made for listeners of HTTP/1.1
    (answer as unknown as (request: unknown, response: unknown) => void)(request, response);
  });
  server.on("session", (session) => {
    limitSession(session);
    onSession(session);
  });
  server.on("sessionError", () => undefined);
  return server;
}

/**
 * Node's time limits are those of HTTP/1.1. A session whose first request does not come within 5 s, or that was idle for 30 s, is ended
 * whatever it sends meanwhile; so is a request whose body does not end within 10 s.
 */
function limitSession(session: ServerHttp2Session): void {
  let open = 0;
  let idle = setTimeout(() => session.destroy(), SILENCE_MS).unref();
  session.on("stream", (stream: ServerHttp2Stream) => {
    clearTimeout(idle);
    open += 1;
    const body = stream.endAfterHeaders
      ? undefined
      : setTimeout(() => stream.readableEnded || stream.close(), BODY_MS).unref();
    stream.once("close", () => {
      clearTimeout(body);
      open -= 1;
      if (open === 0 && !session.closed) idle = setTimeout(() => session.close(), IDLE_SESSION_MS).unref();
    });
  });
  session.once("close", () => clearTimeout(idle));
}
