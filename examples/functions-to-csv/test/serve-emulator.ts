import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Emulator } from "@fc-async/emulator";
import { onTestFinished } from "vitest";

/** Puts an emulator on a free port for one test; answers the template for `FC_ASYNC_ENDPOINT`. */
export async function serveEmulator(emulator: Emulator): Promise<string> {
  const server = createServer((request, response) => {
    void answer(emulator, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `http://{account_id}.{region}.localhost:${address.port}`;
}

async function answer(emulator: Emulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", url: target = "/" } = request;
  const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const outcome = await emulator.answer({ method, target, headers });
  if (outcome.type === "answer") response.writeHead(outcome.status, outcome.headers.flat()).end(outcome.body);
  else request.socket.destroy();
}
