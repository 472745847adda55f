import { once } from "node:events";
import type { RequestListener, ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { startServer, type RunningServer } from "@fc-async/daemon";
import { expect, onTestFinished, test } from "vitest";

async function serve(
  listener: RequestListener = (_request, response) => void response.end("ok"),
): Promise<RunningServer> {
  const server = await startServer(listener, { hostname: "127.0.0.1", port: 0 });
  onTestFinished(() => server.stop());
  return server;
}

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  return socket;
}

test("a head above 8 KiB is refused", async () => {
  const { port } = await serve();
  const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { "x-long": "x".repeat(9000) } });
  expect(response.status).toBe(431);
});

test("a head that does not come is not waited for", async () => {
  const { port } = await serve();
  const socket = await connected(port);
  socket.resume();
  socket.write("GET / HTTP/1.1\r\nHost: h\r\n");
  await once(socket, "close");
  expect(socket.destroyed).toBe(true);
});

test("a connection beyond 256 is turned away, those before are served", async () => {
  const { port } = await serve();
  const sockets = await Promise.all(Array.from({ length: 256 }, () => connected(port)));
  const excess = await connected(port);
  excess.resume();
  await once(excess, "close");
  const [first] = sockets;
  first?.write("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  const [answer]: unknown[] = first === undefined ? [] : await once(first, "data");
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 OK/u);
});

test("stopping waits for the answer that is being written", async () => {
  const asked = Promise.withResolvers<ServerResponse>();
  const server = await serve((_request, response) => {
    response.write("begun, ");
    asked.resolve(response);
  });
  const answer = fetch(`http://127.0.0.1:${server.port}/`);
  const response = await asked.promise;
  const stopped = server.stop();
  response.end("and whole");
  expect(await (await answer).text()).toBe("begun, and whole");
  await stopped;
  await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow("fetch failed");
});
