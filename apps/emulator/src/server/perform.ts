import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { TransportFault, WireAnswer } from "@fc-async/emulator";

/** Puts an outcome on the wire: an answer, or what a fault does to the connection. */
export async function perform(outcome: WireAnswer | TransportFault, response: ServerResponse): Promise<void> {
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
    case "reset":
    case "close":
      await cut(outcome, response);
  }
}

function writeHead({ status, headers }: WireAnswer, response: ServerResponse): void {
  response.sendDate = false;
  response.writeHead(status, headers.flat());
}

async function cut(
  { type, partial }: Extract<TransportFault, { readonly type: "reset" | "close" }>,
  response: ServerResponse,
): Promise<void> {
  const { socket } = response;
  if (socket === null) return;
  if (partial !== undefined) {
    writeHead(partial.answer, response);
    response.flushHeaders();
    await written(response, partial.answer.body.subarray(0, partial.afterBytes));
  }
  // A real RST: what the peer sees is ECONNRESET, not the end of a body.
  if (type === "reset") socket.resetAndDestroy();
  else socket.destroySoon();
}

async function drip(
  { answer, bytes, everyMs }: Extract<TransportFault, { readonly type: "drip" }>,
  response: ServerResponse,
): Promise<void> {
  writeHead(answer, response);
  response.flushHeaders();
  for (let offset = 0; offset < answer.body.length && !response.destroyed; offset += bytes) {
    await sleep(everyMs);
    await written(response, answer.body.subarray(offset, offset + bytes));
  }
  response.end();
}

/** Resolves once the bytes are with the kernel, or cannot be any more. */
function written(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => response.write(bytes, () => resolve()));
}
