import { execFile } from "node:child_process";
import { createServer as createHttpServer } from "node:http";
import { createServer as createTcpServer, type Socket } from "node:net";
import { promisify } from "node:util";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { createSignedFetch, FcLimitError, FcNetworkError, FcResponseError, FcTimeoutError } from "@fc-async/protocol";
import { nodeHash } from "@fc-async/protocol/node";
import { describe, expect, test } from "vitest";
import { listen, nodeFetch, serve } from "./local-servers.ts";
import { signed } from "./signed.ts";

/** A server that does with each connection whatever it likes, after it has seen the request's head. */
async function serveRaw(onRequest: (socket: Socket) => void): Promise<number> {
  const server = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => onRequest(socket));
  });
  return (await listen(server)).port;
}

const document = JSON.stringify({ data: Array.from({ length: 200 }, (_, index) => ({ functionName: `f-${index}` })) });

describe("an answer", () => {
  test("arrives with status, headers, URL and body", async () => {
    const port = await serve((request, response) => {
      response
        .writeHead(201, "Made", { "X-Fc-Request-Id": "r-1" })
        .end(`${request.method} ${request.url} ${request.headers.host}`);
    });
    const response = await nodeFetch()(`http://127.0.0.1:${port}/a%20b?c=d`);
    expect(await response.text()).toBe(`GET /a%20b?c=d 127.0.0.1:${port}`);
    expect(response).toMatchObject({
      status: 201,
      statusText: "Made",
      ok: true,
      url: `http://127.0.0.1:${port}/a%20b?c=d`,
    });
    expect(response.headers.get("x-fc-request-id")).toBe("r-1");
  });

  test("may answer a body", async () => {
    const port = await serve((request, response) => {
      request.pipe(response.writeHead(200, { "x-length": request.headers["content-length"] ?? "none" }));
    });
    const response = await nodeFetch()(`http://127.0.0.1:${port}/`, { method: "POST", body: "grüße" });
    expect(response.headers.get("x-length")).toBe("7");
    expect(await response.text()).toBe("grüße");
  });

  test.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("compressed with %s is decompressed, small and large", async (encoding, compress) => {
    for (const text of [document, JSON.stringify(Array.from({ length: 40_000 }, () => Math.random()))]) {
      const port = await serve((request, response) => {
        expect(request.headers["accept-encoding"]).toBe("gzip, deflate, br");
        response.writeHead(200, { "content-encoding": encoding }).end(compress(text));
      });
      expect(await (await nodeFetch()(`http://127.0.0.1:${port}/`)).json()).toEqual(JSON.parse(text));
    }
  });

  test.each(["gzip", "deflate", "br"])(
    "case 23: cut in half inside %s with a matching length is an invalid response",
    async (encoding) => {
      const compress = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[encoding] ?? gzipSync;
      const half = compress(document).subarray(0, 100);
      const port = await serve((_request, response) => {
        response.writeHead(200, { "content-encoding": encoding, "content-length": half.byteLength }).end(half);
      });
      const call = nodeFetch()(`http://127.0.0.1:${port}/`);
      await expect(call).rejects.toThrow(FcResponseError);
      await expect(call).rejects.toMatchObject({ reason: "invalid_response" });
    },
  );

  test("case 23: is not retried and never an empty success, through the signed fetch", async () => {
    let requests = 0;
    const half = gzipSync(document).subarray(0, 100);
    const port = await serve((_request, response) => {
      requests++;
      response.writeHead(200, { "content-encoding": "gzip", "content-length": half.byteLength }).end(half);
    });
    await expect(signed(nodeFetch())(`http://127.0.0.1:${port}/`)).rejects.toThrow(FcResponseError);
    expect(requests).toBe(1);
  });

  test("in an encoding that was not asked for is an invalid response", async () => {
    const port = await serve(
      (_request, response) => void response.writeHead(200, { "content-encoding": "zstd" }).end("x"),
    );
    await expect(nodeFetch()(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ reason: "invalid_response" });
  });

  test("case 24: that unfolds to gigabytes stops at the cap", async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    const port = await serve(
      (_request, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
    );
    const rssBefore = process.memoryUsage().rss;
    const call = nodeFetch()(`http://127.0.0.1:${port}/`);
    await expect(call).rejects.toThrow(FcLimitError);
    await expect(call).rejects.toMatchObject({ limit: "maxBodyBytes", maximum: 4 * 1024 * 1024 });
    expect(process.memoryUsage().rss - rssBefore).toBeLessThan(64 * 1024 * 1024);
  });

  test("of exactly the cap passes, one byte more does not, compressed or not", async () => {
    const port = await serve((request, response) => {
      const body = "x".repeat(1000);
      if (request.url === "/gzip") response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(body));
      else response.end(body);
    });
    for (const path of ["/gzip", "/plain"]) {
      expect(await (await nodeFetch({ maxBodyBytes: 1000 })(`http://127.0.0.1:${port}${path}`)).text()).toHaveLength(
        1000,
      );
      await expect(nodeFetch({ maxBodyBytes: 999 })(`http://127.0.0.1:${port}${path}`)).rejects.toThrow(FcLimitError);
    }
  });

  test("case 27: that redirects is refused, and the other server sees nothing", async () => {
    let seen = 0;
    const other = await serve((_request, response) => {
      seen++;
      response.end();
    });
    const port = await serve((_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${other}/` }).end();
    });
    const call = nodeFetch()(`http://127.0.0.1:${port}/`, { headers: { "x-acs-security-token": "t" } });
    await expect(call).rejects.toMatchObject({ code: "FC_RESPONSE", status: 302 });
    expect(seen).toBe(0);
  });
});

describe("case 22: a connection that breaks is network, and retried", () => {
  const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
  test.each<readonly [string, (socket: Socket) => void]>([
    ["RST before any byte", (socket) => socket.resetAndDestroy()],
    [
      "RST in the middle of the body",
      (socket) => {
        socket.write(`${head}content-length: 5000\r\n\r\n${"x".repeat(1000)}`, () => socket.resetAndDestroy());
      },
    ],
    ["FIN before the headers", (socket) => socket.end()],
    ["FIN in the middle of the headers", (socket) => socket.end(head)],
    ["a body shorter than its length", (socket) => socket.end(`${head}content-length: 5000\r\n\r\n{}`)],
    ["chunks without an end", (socket) => socket.end(`${head}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n`)],
    [
      "a chunk size that is none",
      (socket) => socket.end(`${head}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`),
    ],
    [
      "a length and chunks at once",
      (socket) => socket.end(`${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`),
    ],
    ["two lengths", (socket) => socket.end(`${head}content-length: 2\r\ncontent-length: 3\r\n\r\n{}x`)],
    [
      "headers beyond 16 KiB",
      (socket) => socket.end(`${head}x-a: ${"x".repeat(20_000)}\r\ncontent-length: 2\r\n\r\n{}`),
    ],
    ["no HTTP at all", (socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n")],
  ])("%s", async (_what, misbehave) => {
    let connections = 0;
    const port = await serveRaw((socket) => {
      connections++;
      misbehave(socket);
    });
    const call = signed(nodeFetch(), 2)(`http://127.0.0.1:${port}/2016-08-15/x`);
    await expect(call).rejects.toThrow(FcNetworkError);
    await expect(call).rejects.toMatchObject({
      reason: "network",
      message: expect.stringContaining(`http://127.0.0.1:${port}/2016-08-15/x`),
    });
    expect(connections).toBe(2);
  });

  test("and a success afterwards counts", async () => {
    let connections = 0;
    const port = await serveRaw((socket) => {
      if (++connections === 1) socket.resetAndDestroy();
      else socket.end(`${head}content-length: 2\r\n\r\n{}`);
    });
    expect(await (await signed(nodeFetch())(`http://127.0.0.1:${port}/`)).json()).toEqual({});
  });

  test("a closed port and a name that does not exist are network too", async () => {
    const { port, close } = await listen(createTcpServer());
    close();
    await expect(nodeFetch()(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      reason: "network",
      message: expect.stringContaining("ECONNREFUSED"),
    });
    await expect(nodeFetch()("http://fc-async.invalid/")).rejects.toMatchObject({ reason: "network" });
  });
});

describe("timeouts", () => {
  test("no connection is a timeout of the connect phase", async () => {
    const fetch = nodeFetch({ timeouts: { connectMs: 20 }, lookup: () => undefined });
    await expect(fetch("http://silent.example/")).rejects.toMatchObject({
      code: "FC_TIMEOUT",
      phase: "connect",
      timeoutMs: 20,
    });
  });

  test("case 26: silence after the request is a timeout of the headers phase", async () => {
    const port = await serveRaw(() => undefined);
    const call = nodeFetch({ timeouts: { headersMs: 20 } })(`http://127.0.0.1:${port}/`);
    await expect(call).rejects.toThrow(FcTimeoutError);
    await expect(call).rejects.toMatchObject({ phase: "headers", timeoutMs: 20, reason: "timeout" });
  });

  test("case 26: a drip is a timeout of the body phase, however steady", async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200, { "content-length": 1_000_000 });
      const drip = setInterval(() => response.write("x"), 5);
      response.on("close", () => clearInterval(drip));
    });
    const call = nodeFetch({ timeouts: { bodyMs: 60 } })(`http://127.0.0.1:${port}/`);
    await expect(call).rejects.toMatchObject({ phase: "body", timeoutMs: 60 });
  });

  test("the time of the whole attempt ends each phase", async () => {
    const port = await serveRaw(() => undefined);
    const fetch = createSignedFetch({
      credentials: () => ({ accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret" }),
      scheme: { name: "fc" },
      fetch: nodeFetch(),
      attemptTimeoutMs: 20,
      retry: { maxAttempts: 1 },
    });
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ phase: "attempt", timeoutMs: 20 });
  });

  test("an abort ends a request with its reason, and its connection", async () => {
    const controller = new AbortController();
    const reason = { why: "enough" };
    let closed: Promise<unknown> | undefined;
    const port = await serveRaw((socket) => {
      closed = new Promise((resolve) => socket.once("close", resolve));
      controller.abort(reason);
    });
    await expect(nodeFetch()(`http://127.0.0.1:${port}/`, { signal: controller.signal })).rejects.toBe(reason);
    await closed;
  });
});

describe("connections", () => {
  test("one is kept for requests that follow each other", async () => {
    const { port, sockets } = await listen(createHttpServer((_request, response) => void response.end("{}")));
    const fetch = nodeFetch();
    for (let request = 0; request < 20; request++) await (await fetch(`http://127.0.0.1:${port}/`)).text();
    expect(sockets.size).toBe(1);
  });

  test("no more than allowed are opened to one host", async () => {
    const { port, sockets } = await listen(
      createHttpServer((_request, response) => void setImmediate(() => response.end("{}"))),
    );
    const fetch = nodeFetch({ maxConnectionsPerHost: 2 });
    await Promise.all(Array.from({ length: 10 }, () => fetch(`http://127.0.0.1:${port}/`)));
    expect(sockets.size).toBe(2);
  });

  test("one that the server closed while it was kept is replaced by the retry", async () => {
    let requests = 0;
    const { port } = await listen(
      createTcpServer((socket) => {
        socket.on("error", () => undefined);
        let answered = false;
        socket.on("data", () => {
          requests++;
          if (answered) socket.resetAndDestroy();
          else socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
          answered = true;
        });
      }),
    );
    const fetch = signed(nodeFetch());
    for (let call = 0; call < 2; call++) expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
    expect(requests).toBe(3);
  });
});

test("a wait without a bound given has its default one, and ends", async () => {
  const port = await serveRaw(() => undefined);
  const fetch = nodeFetch({ timeouts: { connectMs: undefined, headersMs: undefined, bodyMs: undefined } });
  const call = createSignedFetch({
    fetch,
    hash: nodeHash,
    credentials: () => ({ accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" }),
    scheme: { name: "fc" },
    retry: { maxAttempts: 1 },
    attemptTimeoutMs: 100,
  })(`http://127.0.0.1:${port}/`);
  await expect(call).rejects.toBeInstanceOf(FcTimeoutError);
});

test.each(["identity", ""])("a body with content-encoding %j is as it is", async (encoding) => {
  const port = await serve(
    (_request, response) => void response.writeHead(200, { "content-encoding": encoding }).end("{}"),
  );
  expect(await (await nodeFetch()(`http://127.0.0.1:${port}/`)).json()).toEqual({});
});

test("the cap of a body holds also behind a fetch that is wrapped", async () => {
  const port = await serve((_request, response) => void response.end(document));
  const fetch = nodeFetch();
  const call = createSignedFetch({
    fetch: (target, init) => fetch(target, init),
    hash: nodeHash,
    credentials: () => ({ accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" }),
    scheme: { name: "fc" },
    maxBodyBytes: 100,
  })(`http://127.0.0.1:${port}/`);
  await expect(call).rejects.toBeInstanceOf(FcLimitError);
});

test("a request does not load Node's built-in HTTP client", async () => {
  const port = await serve((_request, response) => void response.end('{"data":null}'));
  const program = `
    import { createSignedFetch, LightRequest } from "@fc-async/protocol";
    import { createNodeFetch, nodeHash } from "@fc-async/protocol/node";
    const fetch = createSignedFetch({
      credentials: () => ({ accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret" }),
      scheme: { name: "fc" }, hash: nodeHash, fetch: createNodeFetch(),
    });
    const response = await fetch(new LightRequest("http://127.0.0.1:${port}/2016-08-15/x", { headers: { a: "1" } }));
    await response.json();
    const loaded = process.moduleLoadList.filter((name) => name.includes("undici"));
    process.stdout.write(JSON.stringify({ status: response.status, loaded }));
    process.exit();
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: new URL("..", import.meta.url).pathname,
  });
  expect(JSON.parse(stdout)).toEqual({ status: 200, loaded: [] });
});
