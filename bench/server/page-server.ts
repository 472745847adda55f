/**
 * The process every client reads from: raw sockets and pages rendered in advance, so that it is never the bottleneck. It checks
 * nothing. Sends its port once it listens, and its figures or arrivals whenever it is asked.
 */
import { readFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { parseArgs } from "node:util";
import { renderPages } from "./rendered-pages.ts";
import type { ServerFigures } from "./start-page-server.ts";

/** One for TCP and one for TLS 1.3; both are waited for before the handshake, loopback itself takes no time. */
const SET_UP_ROUND_TRIPS = 2;

const { values } = parseArgs({
  options: {
    pages: { type: "string", default: "1" },
    "delay-ms": { type: "string", default: "0" },
    "idle-close-ms": { type: "string", default: "0" },
    changing: { type: "boolean", default: false },
    "keep-arrivals": { type: "boolean", default: false },
    certificate: { type: "string" },
    key: { type: "string" },
  },
});
const pages = renderPages(Number(values.pages), { changing: values.changing });
const delayMs = Number(values["delay-ms"]);
const idleCloseMs = Number(values["idle-close-ms"]);
const figures = { connections: 0, handshakes: 0, resumed: 0, requests: 0, delayedMs: 0 } satisfies ServerFigures;
const arrivalsMs = new Map<string, number[]>();

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
      figures.requests += 1;
      if (values["keep-arrivals"]) keepArrival(received.slice(0, end));
      received = received.slice(end + 4);
      if (delayMs === 0) answer(requestLine);
      else delay(1, true, () => answer(requestLine));
    }
  });
}

function keepArrival(head: string): void {
  const [, account = ""] = /\r\nhost: ?(\d+)\./i.exec(head) ?? [];
  const atMs = performance.now();
  const kept = arrivalsMs.get(account);
  if (kept === undefined) arrivalsMs.set(account, [atMs]);
  else kept.push(atMs);
}

/** Timers are late by up to a millisecond, more on a busy machine: what they really took is counted. */
function delay(roundTrips: number, isCounted: boolean, then: () => void): void {
  const startedMs = performance.now();
  setTimeout(() => {
    if (isCounted) figures.delayedMs += performance.now() - startedMs;
    then();
  }, roundTrips * delayMs);
}

const { certificate, key } = values;
const tlsServer =
  certificate === undefined || key === undefined
    ? undefined
    : createTlsServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (socket) => {
        figures.handshakes += 1;
        if (socket.isSessionReused()) figures.resumed += 1;
        serve(socket);
      });
const server = createServer({ pauseOnConnect: tlsServer !== undefined }, (socket) => {
  figures.connections += 1;
  if (tlsServer === undefined) serve(socket);
  else {
    // A walk needs one connection: the set-up of another one is no part of what it must wait for.
    const isNeeded = figures.connections === 1;
    delay(SET_UP_ROUND_TRIPS, isNeeded, () => tlsServer.emit("connection", socket));
  }
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") process.send?.(address?.port);
});
process.on("message", (question) => {
  process.send?.(question === "arrivals" ? Object.fromEntries(arrivalsMs) : figures);
});
process.on("disconnect", () => process.exit());
