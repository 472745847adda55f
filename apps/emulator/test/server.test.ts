import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect } from "node:net";
import {
  createEmulator,
  DEMO_ACCOUNT,
  demoAccounts,
  openApiContract,
  type Emulator,
  type FaultAction,
} from "@fc-async/emulator";
import { createSignedFetch } from "@fc-async/protocol";
import { createNodeFetch, nodeHash } from "@fc-async/protocol/node";
import { startEmulatorServer, type EmulatorServer } from "fc-async-emulator";
import { afterEach, describe, expect, test } from "vitest";
import { selfMadeIdentity } from "../src/tls/self-made-identity.ts";

const PATH_2021 = "/2021-04-06/stateful-async-invocation-functions";
const { accountId, region } = DEMO_ACCOUNT;

let server: EmulatorServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function serve(
  ...actions: readonly FaultAction[]
): Promise<{ readonly emulator: Emulator; readonly server: EmulatorServer }> {
  const faults = actions.map((action) => ({ match: {}, times: 1, action }));
  const emulator = createEmulator({
    accounts: demoAccounts(),
    contract: openApiContract("fail"),
    hash: nodeHash,
    faults,
  });
  server = await startEmulatorServer({ emulator });
  return { emulator, server };
}

/** Lets a client sign, and keeps what it would have sent. */
async function signedHeaders(host: string, target = PATH_2021): Promise<Record<string, string>> {
  let sent: Headers | undefined;
  const signed = createSignedFetch({
    fetch: (_url: string | URL | Request, init?: RequestInit) => {
      sent = new Headers(init?.headers);
      return Promise.resolve(new Response("{}"));
    },
    credentials: () => DEMO_ACCOUNT,
    scheme: { name: "acs3", action: "ListStatefulAsyncInvocationFunctions", version: "2021-04-06" },
  });
  await signed(`http://${host}${target}`);
  return { host, ...Object.fromEntries(sent ?? []) };
}

interface Received {
  readonly status: number | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly bytes: number;
  readonly text: string;
}

/** A plain node:http client. Rejects with the socket's own error, carrying how much of the body had arrived. */
async function get(to: EmulatorServer, target = PATH_2021, signedTarget = target): Promise<Received> {
  const headers = await signedHeaders(`127.0.0.1:${to.port}`, signedTarget);
  return new Promise((resolve, reject) => {
    let response: IncomingMessage | undefined;
    const chunks: Buffer[] = [];
    const received = (): Received => {
      const body = Buffer.concat(chunks);
      return {
        status: response?.statusCode,
        headers: response?.headers ?? {},
        bytes: body.length,
        text: body.toString(),
      };
    };
    const fail = (error: Error): void => reject(Object.assign(error, received()));
    const request = httpRequest(
      { host: "127.0.0.1", port: to.port, path: target, headers, agent: false },
      (incoming) => {
        response = incoming;
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("end", () => resolve(received()));
        incoming.on("error", fail);
      },
    );
    request.on("error", fail);
    request.end();
  });
}

describe("an answer", () => {
  test("reaches a client that signs, through a host that names account and region", async () => {
    const { emulator, server: to } = await serve();
    const signed = createSignedFetch({
      fetch: createNodeFetch(),
      hash: nodeHash,
      credentials: () => DEMO_ACCOUNT,
      scheme: { name: "acs3", action: "ListStatefulAsyncInvocationFunctions", version: "2021-04-06" },
    });
    const endpoint = to.endpointTemplate.replace("{account_id}", accountId).replace("{region}", "cn-shanghai");
    const response = await signed(`${endpoint}${PATH_2021}?limit=100`);
    expect(response.status).toBe(200);
    expect(emulator.requests[0]).toMatchObject({ account: accountId, region: "cn-shanghai", verdict: "ok" });
  });

  test("carries the emulator's headers and nothing of Node's in their place", async () => {
    const { server: to } = await serve({ type: "headers", headers: { Date: "Thu, 01 Jan 1970 00:00:00 GMT" } });
    const { status, headers, bytes } = await get(to);
    expect(status).toBe(200);
    expect(headers["date"]).toBe("Thu, 01 Jan 1970 00:00:00 GMT");
    expect(headers["content-length"]).toBe(String(bytes));
    expect(headers["x-fc-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("is verified from the request line as it came: ! ' ( ) * bare, as the vendor's SDK sends them", async () => {
    const { emulator, server: to } = await serve();
    await get(to, `${PATH_2021}?nextToken=a!b'c(d)e*f`, `${PATH_2021}?nextToken=a%21b%27c%28d%29e%2Af`);
    expect(emulator.requests[0]).toMatchObject({
      target: `${PATH_2021}?nextToken=a!b'c(d)e*f`,
      verdict: "ok",
      code: "InvalidArgument",
    });
  });

  test("is not given for a path that only normalising would make the operation's", async () => {
    const { emulator, server: to } = await serve();
    await get(to, `/x/..${PATH_2021}`);
    expect(emulator.requests[0]).toMatchObject({ target: `/x/..${PATH_2021}`, code: "PathNotSupported" });
  });

  test("to HEAD has no body, and the connection stays usable", async () => {
    const { server: to } = await serve();
    const answers = await rawExchange(
      to,
      "HEAD / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    );
    expect(answers.match(/^HTTP\/1\.1 400 /gm)).toHaveLength(2);
    expect(answers.match(/PathNotSupported/g)).toHaveLength(1);
  });

  test("is refused when Host comes twice: whose signature would it be?", async () => {
    const { emulator, server: to } = await serve();
    await rawExchange(to, `GET ${PATH_2021} HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n`);
    expect(emulator.requests.filter(({ status }) => status === 200)).toEqual([]);
  });

  test("looks at a body, whole, and refuses one that is too large", async () => {
    const { emulator, server: to } = await serve();
    const body = "x".repeat(1024 * 1024 + 1);
    const head = `GET ${PATH_2021} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
    await rawExchange(to, head + body);
    expect(emulator.requests[0]).toMatchObject({ status: 400, code: "EntityTooLarge" });
  });
});

/** Writes bytes, and answers everything that came back until the server closed. */
function rawExchange(to: EmulatorServer, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(to.port, "127.0.0.1", () => socket.write(text));
    let received = "";
    socket.on("data", (chunk) => {
      received += chunk.toString();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(received));
  });
}

describe("a fault on the wire", () => {
  test("reset is a real RST, seen as ECONNRESET, case 22", async () => {
    const { emulator, server: to } = await serve({ type: "reset" });
    await expect(get(to)).rejects.toMatchObject({ code: "ECONNRESET", message: "read ECONNRESET" });
    expect(emulator.requests[0]).toMatchObject({ fault: "reset", status: undefined });
    expect((await get(to)).status).toBe(200);
  });

  test("reset may come behind the head and 1,000 bytes, case 22", async () => {
    const { server: to } = await serve({ type: "reset", afterBytes: 1000 });
    await expect(get(to)).rejects.toMatchObject({ code: "ECONNRESET", status: 200, bytes: 1000 });
  });

  test("close is a FIN before the head: the client's socket hangs up", async () => {
    const { server: to } = await serve({ type: "close" });
    await expect(get(to)).rejects.toMatchObject({ code: "ECONNRESET", message: "socket hang up" });
  });

  test("close may come behind the head and some bytes: the body is shorter than it said, case 22", async () => {
    const { server: to } = await serve({ type: "close", afterBytes: 10 });
    await expect(get(to)).rejects.toMatchObject({ message: "aborted", status: 200, bytes: 10 });
  });

  test("gzip cut in half arrives with a length that agrees, case 23", async () => {
    const { server: to } = await serve({ type: "body", gzip: "cut" });
    const { status, headers, bytes } = await get(to);
    expect({ status, encoding: headers["content-encoding"] }).toEqual({ status: 200, encoding: "gzip" });
    expect(headers["content-length"]).toBe(String(bytes));
  });

  test("silence keeps the connection open and sends nothing, case 26", async () => {
    const { emulator, server: to } = await serve({ type: "silence" });
    const pending = get(to).catch((error: unknown) => error);
    await expect.poll(() => emulator.requests[0]?.fault).toBe("silence");
    await to.close();
    expect(await pending).toMatchObject({ code: "ECONNRESET" });
  });

  test("drip sends the head at once and the body in pieces, whole in the end, case 26", async () => {
    const { server: to } = await serve({ type: "drip", bytes: 512, everyMs: 1 });
    const { status, text } = await get(to);
    expect(status).toBe(200);
    expect(JSON.parse(text).data).toHaveLength(20);
  });

  test("a redirect has its Location, case 27", async () => {
    const { server: to } = await serve({
      type: "status",
      status: 302,
      headers: { Location: "http://elsewhere.example/" },
    });
    expect(await get(to)).toMatchObject({ status: 302, headers: { location: "http://elsewhere.example/" }, bytes: 0 });
  });
});

describe("framing on the wire", () => {
  /** What came in answer to one signed request, byte for byte, until the end of the connection. */
  async function rawAnswer(action: FaultAction): Promise<{ readonly head: string; readonly body: string }> {
    const { server: to } = await serve(action);
    const headers = Object.entries(await signedHeaders(`127.0.0.1:${to.port}`));
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    const [head = "", ...body] = (await rawExchange(to, `GET ${PATH_2021} HTTP/1.1\r\n${lines}\r\n`)).split("\r\n\r\n");
    return { head, body: body.join("\r\n\r\n") };
  }

  test("a body that is cut may be announced by its length, as chunks, or not at all", async () => {
    const length = await rawAnswer({ type: "close", afterBytes: 10 });
    expect(length.head).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\nContent-Length: \d{4}$/);
    expect(length.body).toBe('{"data":[{');

    const chunked = await rawAnswer({ type: "close", afterBytes: 10, framing: "chunked" });
    expect(chunked.head).toMatch(/\r\nTransfer-Encoding: chunked$/);
    expect(chunked.head).not.toContain("Content-Length");
    expect(chunked.body).toBe('a\r\n{"data":[{\r\n');

    const none = await rawAnswer({ type: "close", afterBytes: 10, framing: "none" });
    expect(none.head).toMatch(/\r\nConnection: close$/);
    expect(none.head).not.toMatch(/Content-Length|Transfer-Encoding/);
    expect(none.body).toBe('{"data":[{');
  });

  test("a chunk size may be no number, a length stand twice, and a length beside chunks", async () => {
    const badSize = await rawAnswer({ type: "broken-framing", how: "bad-chunk-size" });
    expect(badSize.head).toMatch(/\r\nTransfer-Encoding: chunked$/);
    expect(badSize.body).toMatch(/^no-number\r\n\{"data":[^]*\}\r\n0\r\n\r\n$/);

    const twoLengths = await rawAnswer({ type: "broken-framing", how: "two-lengths" });
    const lengths = Array.from(twoLengths.head.matchAll(/\r\nContent-Length: (\d+)/g), ([, value]) => Number(value));
    expect(lengths).toEqual([twoLengths.body.length, twoLengths.body.length + 1]);

    const both = await rawAnswer({ type: "broken-framing", how: "length-and-chunks" });
    expect(both.head).toMatch(/\r\nContent-Length: \d{4}\r\nTransfer-Encoding: chunked$/);
    expect(both.body).toMatch(/^[\da-f]{3}\r\n\{"data":[^]*\}\r\n0\r\n\r\n$/);
  });

  test("reset is a real RST under TLS, too, before the head and behind some of the body, case 22", async () => {
    const { ca, ...tls } = await selfMadeIdentity([], Date.now());
    const faults = [{ type: "reset" } as const, { type: "reset", afterBytes: 1000 } as const];
    const emulator = createEmulator({
      accounts: demoAccounts(),
      contract: openApiContract("fail"),
      faults: faults.map((action) => ({ match: {}, times: 1, action })),
    });
    server = await startEmulatorServer({ emulator, tls });
    const { port } = server;
    for (const [index] of faults.entries()) {
      const headers = await signedHeaders(`127.0.0.1:${port}`);
      const failed = new Promise((_resolve, reject) => {
        const request = httpsRequest(
          { host: "127.0.0.1", port, path: PATH_2021, headers, agent: false, ca },
          (incoming) => incoming.on("error", reject).resume(),
        );
        request.on("error", reject).end();
      });
      await expect(failed, String(index)).rejects.toMatchObject({ code: "ECONNRESET", message: "read ECONNRESET" });
    }
  });
});

describe("the server", () => {
  test("names the port it took, and one that is taken is an error", async () => {
    const { emulator, server: to } = await serve();
    expect(to.url).toBe(`http://127.0.0.1:${to.port}`);
    await expect(startEmulatorServer({ emulator, port: to.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  test("listens where it is told to", async () => {
    const emulator = createEmulator({ accounts: demoAccounts(), contract: openApiContract("fail") });
    server = await startEmulatorServer({ emulator, hostname: "localhost" });
    expect(server.url).toMatch(/^http:\/\/localhost:\d+$/);
    expect((await fetch(server.url)).status).toBe(400);
  });

  test("closes while a client keeps its connection open", async () => {
    const { server: to } = await serve();
    await (await fetch(to.url, { headers: { connection: "keep-alive" } })).text();
    await to.close();
    await expect(fetch(to.url)).rejects.toThrow("fetch failed");
  });

  test("serves the default region to a bare host", async () => {
    const { emulator, server: to } = await serve();
    await get(to);
    expect(emulator.requests[0]).toMatchObject({ account: accountId, region });
  });
});
