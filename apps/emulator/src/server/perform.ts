import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { TransportFault, WireAnswer } from "@fc-async/emulator";
import { http } from "@fc-async/protocol/node";

type Cut = Extract<TransportFault, { readonly type: "reset" | "close" }>;
type Drip = Extract<TransportFault, { readonly type: "drip" }>;
type BrokenFraming = Extract<TransportFault, { readonly type: "broken-framing" }>;

const CHUNKED = ["Transfer-Encoding", "chunked"] as const;
const LAST_CHUNK = "0\r\n\r\n";

/**
 * Puts an outcome on the wire: an answer, or what a fault does to the connection. Whatever is not an answer by the book is
 * written to the socket itself: node:http would put it right.
 *
 * @param tcpSocket - finds the TCP socket under the response's, for the reset: that of TLS cannot be reset
 */
export async function perform(
  outcome: WireAnswer | TransportFault,
  response: ServerResponse,
  tcpSocket: () => Socket | undefined,
): Promise<void> {
  switch (outcome.type) {
    case "answer":
      writeHead(outcome, response);
      response.end(outcome.body);
      return;
    case "silence":
      return;
    case "drip":
      await drip(outcome, response);
      return;
    case "broken-framing":
      await breakFraming(outcome, response.socket);
      return;
    case "reset":
    case "close":
      await cut(outcome, response.socket, tcpSocket);
  }
}

function writeHead({ status, headers }: WireAnswer, response: ServerResponse): void {
  response.sendDate = false;
  response.writeHead(status, headers.flat());
}

async function drip({ answer, bytes, everyMs }: Drip, response: ServerResponse): Promise<void> {
  writeHead(answer, response);
  response.flushHeaders();
  for (let offset = 0; offset < answer.body.length && !response.destroyed; offset += bytes) {
    await sleep(everyMs);
    await new Promise<void>((resolve) => {
      response.write(answer.body.subarray(offset, offset + bytes), () => resolve());
    });
  }
  response.end();
}

async function cut({ type, partial }: Cut, socket: Socket | null, tcpSocket: () => Socket | undefined): Promise<void> {
  if (socket === null) return;
  if (partial !== undefined) {
    const { answer, afterBytes, framing } = partial;
    const bytes = answer.body.subarray(0, afterBytes);
    switch (framing) {
      case "length":
        await written(socket, head(answer), bytes);
        break;
      case "chunked":
        await written(socket, head(answer, [CHUNKED]), chunk(bytes));
        break;
      case "none":
        await written(socket, head(answer, [["Connection", "close"]]), bytes);
    }
  }
  // A real RST: what the peer sees is ECONNRESET, not the end of a body.
  if (type === "reset") tcpSocket()?.resetAndDestroy();
  else socket.destroySoon();
}

/** The whole body is there; only the framing around it is none. */
async function breakFraming({ how, answer }: BrokenFraming, socket: Socket | null): Promise<void> {
  if (socket === null) return;
  const { body } = answer;
  const length = String(body.length);
  switch (how) {
    case "bad-chunk-size":
      await written(socket, head(answer, [CHUNKED]), `no-number\r\n`, body, `\r\n${LAST_CHUNK}`);
      break;
    case "two-lengths":
      await written(
        socket,
        head(answer, [
          ["Content-Length", length],
          ["Content-Length", String(body.length + 1)],
        ]),
        body,
      );
      break;
    case "length-and-chunks":
      await written(socket, head(answer, [["Content-Length", length], CHUNKED]), chunk(body), LAST_CHUNK);
  }
  socket.destroySoon();
}

/** Status line and headers, with another framing when one is given. */
function head({ status, headers }: WireAnswer, framing?: readonly (readonly [name: string, value: string])[]): string {
  const framed =
    framing === undefined
      ? headers
      : [...headers.filter(([name]) => name.toLowerCase() !== "content-length"), ...framing];
  const lines = framed.map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n`;
}

function chunk(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return bytes;
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
}

/** Resolves once the bytes are with the kernel, or cannot be any more. Header texts are Latin-1, as node:http writes them. */
function written(socket: Socket, ...parts: readonly (string | Uint8Array)[]): Promise<void> {
  const bytes = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part)));
  return new Promise((resolve) => {
    socket.write(bytes, () => resolve());
  });
}
