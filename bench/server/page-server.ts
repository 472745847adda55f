/**
 * The process every client reads from: raw sockets and pages rendered in advance, so that it is never the bottleneck. It checks
 * nothing. Sends its port once it listens, and its figures whenever it is asked.
 */
import { readFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { parseArgs } from "node:util";
import { renderPages } from "./rendered-pages.ts";
import type { ServerFigures } from "./start-page-server.ts";

const { values } = parseArgs({
  options: {
    pages: { type: "string", default: "1" },
    "delay-ms": { type: "string", default: "0" },
    "idle-close-ms": { type: "string", default: "0" },
    certificate: { type: "string" },
    key: { type: "string" },
  },
});
const pages = renderPages(Number(values.pages));
const delayMs = Number(values["delay-ms"]);
const idleCloseMs = Number(values["idle-close-ms"]);
const figures = { connections: 0, handshakes: 0, resumed: 0, delayedMs: 0 } satisfies ServerFigures;

function serve(socket: Socket): void {
  let received = "";
  const answer = (requestLine: string): void => {
    if (!socket.writableEnded) socket.write(pages.answer(requestLine));
  };
  // As the service does with an idle connection, only sooner.
  if (idleCloseMs > 0) socket.setTimeout(idleCloseMs, () => socket.end());
  socket.setNoDelay(true);
  // A client that leaves is no failure of the server.
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    received += chunk.toString("latin1");
    for (let end = received.indexOf("\r\n\r\n"); end !== -1; end = received.indexOf("\r\n\r\n")) {
      const requestLine = received.slice(0, received.indexOf("\r\n"));
      received = received.slice(end + 4);
      if (delayMs === 0) answer(requestLine);
      else delay(answer, requestLine);
    }
  });
}

/** Timers are late by up to a millisecond, more on a busy machine: what they really took is counted. */
function delay(answer: (requestLine: string) => void, requestLine: string): void {
  const startedMs = performance.now();
  setTimeout(() => {
    figures.delayedMs += performance.now() - startedMs;
    answer(requestLine);
  }, delayMs);
}

const { certificate, key } = values;
const server =
  certificate === undefined || key === undefined
    ? createServer(serve)
    : createTlsServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (socket) => {
        figures.handshakes += 1;
        if (socket.isSessionReused()) figures.resumed += 1;
        serve(socket);
      });
server.on("connection", () => (figures.connections += 1));
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") process.send?.(address?.port);
});
process.on("message", () => process.send?.(figures));
process.on("disconnect", () => process.exit());
