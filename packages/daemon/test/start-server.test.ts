import { once } from "node:events";
import { Agent, request, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { startServer, type RunningServer, type StartServerOptions } from "@fc-async/daemon";
import { expect, onTestFinished, test, vi } from "vitest";

async function serve(
  listener: RequestListener = (_request, response) => void response.end("ok"),
  options?: StartServerOptions,
): Promise<RunningServer> {
  const server = await startServer(listener, { hostname: "127.0.0.1", port: 0 }, options);
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

test("of 256 connections the one that was silent longest gives way to a new one", async () => {
  const { port } = await serve();
  const longest = await connected(port);
  longest.resume();
  const second = await connected(port);
  await Promise.all(Array.from({ length: 254 }, () => connected(port)));
  const closed = once(longest, "close");
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  await closed;
  second.write("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  const [answer]: unknown[] = await once(second, "data");
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 OK/u);
});

test("a connection beyond 256 is turned away when all others wait for their answers", async () => {
  const answers: ServerResponse[] = [];
  const { port } = await serve((_request, response) => void answers.push(response), { maxRequests: 0 });
  const sockets = await Promise.all(Array.from({ length: 256 }, () => connected(port)));
  for (const socket of sockets) socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  await vi.waitFor(() => expect(answers).toHaveLength(256), 10_000);
  const excess = await connected(port);
  excess.resume();
  await once(excess, "close");
  for (const response of answers) response.end("late");
  await Promise.all(sockets.map((socket) => once(socket, "data")));
}, 20_000);

test("a client that does not read its answer gives way", async () => {
  const large = Buffer.alloc(20_000_000);
  const answers: ServerResponse[] = [];
  const { port } = await serve((_request, response) => {
    answers.push(response);
    response.end(large);
  });
  const sockets = await Promise.all(Array.from({ length: 256 }, () => connected(port)));
  for (const socket of sockets) socket.pause().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  await vi.waitFor(() => expect(answers).toHaveLength(256), 10_000);
  const excess = await connected(port);
  excess.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  const [answer]: unknown[] = await once(excess, "data");
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 OK/u);
}, 20_000);

test("requests above the limit get 503 and when to come again; the first to end makes room", async () => {
  const answers: ServerResponse[] = [];
  const { port } = await serve((_request, response) => void answers.push(response), { maxRequests: 2 });
  const get = (): Promise<Response> => fetch(`http://127.0.0.1:${port}/`);
  const served = [get(), get()];
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  const refused = await get();
  expect([refused.status, refused.headers.get("retry-after"), await refused.text()]).toEqual([
    503,
    "1",
    "Limit of 2 requests at a time reached. Try again later.\n",
  ]);
  answers[0]?.end("first");
  await Promise.race(served);
  const next = get();
  await vi.waitFor(() => expect(answers).toHaveLength(3));
  for (const response of answers) response.end();
  expect((await next).status).toBe(200);
  await Promise.all(served);
});

test("one connection takes many requests", async () => {
  const ports = new Set<number | undefined>();
  const { port } = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    response.end();
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let count = 0; count < 3; count += 1) {
    const [response]: IncomingMessage[] = await once(request({ port, agent }).end(), "response");
    response?.resume();
    if (response !== undefined) await once(response, "end");
  }
  agent.destroy();
  expect(ports.size).toBe(1);
});

test("a free port is told, a taken one is the error of the system", async () => {
  const { port } = await serve();
  await expect(startServer(() => undefined, { hostname: "127.0.0.1", port })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
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
