import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, createServer as createTcpServer, type Socket } from "node:net";
import type { NodeFetch, NodeFetchOptions } from "@fc-async/protocol/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { listen, nodeFetch, pem } from "./local-servers.ts";

interface Proxy {
  readonly url: string;
  /** What was asked of it: `CONNECT host:port` or `GET http://…`, and with which credentials. */
  readonly asked: { readonly line: string; readonly authorization: string | undefined }[];
  readonly close: () => void;
}

/** A real forward proxy that sends every name to loopback; with `refusal` it lets nobody through. */
async function startProxy(refusal?: number): Promise<Proxy> {
  const asked: Proxy["asked"] = [];
  const server = createServer((incoming, outgoing) => {
    asked.push({ line: `${incoming.method} ${incoming.url}`, authorization: incoming.headers["proxy-authorization"] });
    const target = new URL(incoming.url ?? "");
    const headers = { ...incoming.headers };
    const forwarded = httpRequest(
      { host: "127.0.0.1", port: target.port, path: target.pathname + target.search, headers },
      (answer) => {
        answer.pipe(outgoing.writeHead(answer.statusCode ?? 0, answer.headers));
      },
    );
    incoming.pipe(forwarded);
  });
  server.on("connect", (incoming, socket: Socket) => {
    asked.push({ line: `CONNECT ${incoming.url}`, authorization: incoming.headers["proxy-authorization"] });
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal} Refused\r\n\r\n`);
      return;
    }
    const upstream = connect(Number(incoming.url?.split(":")[1]), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      socket.pipe(upstream).pipe(socket);
    });
    for (const end of [socket, upstream]) end.on("error", () => undefined);
    onTestFinished(() => void upstream.destroy());
  });
  const { port, close } = await listen(server);
  return { url: `http://127.0.0.1:${port}`, asked, close };
}

/** Every name is loopback: what goes directly arrives, too. */
const loopbackLookup: NonNullable<NodeFetchOptions["lookup"]> = (_hostname, options, callback) => {
  if (options.all === true) callback(null, [{ address: "127.0.0.1", family: 4 }]);
  else callback(null, "127.0.0.1", 4);
};

function proxiedFetch(options: NodeFetchOptions): NodeFetch {
  return nodeFetch({ ca: pem("authority"), lookup: loopbackLookup, ...options });
}

async function serveHttp(): Promise<number> {
  const server = createServer((request, response) => void response.end(`${request.headers.host} ${request.url}`));
  return (await listen(server)).port;
}

async function serveTls(certificate: string): Promise<number> {
  const options = { cert: pem(certificate), key: pem("server-key") };
  const server = createTlsServer(options, (request, response) => void response.end(request.headers.host));
  return (await listen(server)).port;
}

describe("a proxy", () => {
  test("of https is asked to CONNECT, and the certificate is still the server's", async () => {
    const proxy = await startProxy();
    const port = await serveTls("other-name");
    const fetch = proxiedFetch({ env: { HTTPS_PROXY: proxy.url } });
    for (let round = 0; round < 3; round++) {
      expect(await (await fetch(`https://elsewhere.example:${port}/`)).text()).toBe(`elsewhere.example:${port}`);
    }
    expect(proxy.asked).toEqual([{ line: `CONNECT elsewhere.example:${port}`, authorization: undefined }]);
  });

  test("does not make a wrong certificate right", async () => {
    const proxy = await startProxy();
    const port = await serveTls("localhost");
    const call = proxiedFetch({ env: { HTTPS_PROXY: proxy.url } })(`https://elsewhere.example:${port}/`);
    await expect(call).rejects.toMatchObject({ reason: "tls", retryable: false });
  });

  test("of http is asked for the whole URL", async () => {
    const proxy = await startProxy();
    const port = await serveHttp();
    const response = await proxiedFetch({ env: { http_proxy: proxy.url } })(`http://elsewhere.example:${port}/a?b=c`);
    expect(await response.text()).toBe(`elsewhere.example:${port} /a?b=c`);
    expect(proxy.asked.map(({ line }) => line)).toEqual([`GET http://elsewhere.example:${port}/a?b=c`]);
  });

  test("gets the user and password of its URL, and the server does not", async () => {
    const proxy = await startProxy();
    const withUser = proxy.url.replace("//", "//user:p%40ss@");
    const authorization = `Basic ${Buffer.from("user:p@ss").toString("base64")}`;
    const fetch = proxiedFetch({ env: { HTTPS_PROXY: withUser, HTTP_PROXY: withUser } });
    const tlsPort = await serveTls("other-name");
    await fetch(`https://elsewhere.example:${tlsPort}/`);
    await fetch(`http://elsewhere.example:${await serveHttp()}/`);
    expect(proxy.asked.map((request) => request.authorization)).toEqual([authorization, authorization]);
  });

  test("that refuses is a network failure that says so, without the password", async () => {
    const proxy = await startProxy(407);
    const call = proxiedFetch({ env: { HTTPS_PROXY: proxy.url.replace("//", "//user:hunter2@") } })(
      "https://elsewhere.example/",
    );
    await expect(call).rejects.toMatchObject({ code: "FC_NETWORK", reason: "network" });
    await expect(call).rejects.toThrow(/407/);
    await expect(call).rejects.not.toThrow(/hunter2/);
  });

  test("that is down is a network failure", async () => {
    const proxy = await startProxy();
    proxy.close();
    await expect(proxiedFetch({ env: { HTTPS_PROXY: proxy.url } })("https://elsewhere.example/")).rejects.toMatchObject(
      {
        reason: "network",
      },
    );
  });

  test("that stays silent is a timeout of the connect phase", async () => {
    const { port } = await listen(createTcpServer());
    const fetch = proxiedFetch({ env: { HTTPS_PROXY: `http://127.0.0.1:${port}` }, timeouts: { connectMs: 30 } });
    await expect(fetch("https://elsewhere.example/")).rejects.toMatchObject({ code: "FC_TIMEOUT", phase: "connect" });
  });

  test("of one scheme says nothing about the other", async () => {
    const proxy = await startProxy();
    const port = await serveHttp();
    await proxiedFetch({ env: { HTTPS_PROXY: proxy.url } })(`http://elsewhere.example:${port}/`);
    expect(proxy.asked).toEqual([]);
  });

  test.each(["localhost", "a.b.localhost", "127.0.0.1"])(
    "is not asked for %s, which only this machine can reach",
    async (host) => {
      const proxy = await startProxy();
      const port = await serveHttp();
      await proxiedFetch({ env: { HTTP_PROXY: proxy.url } })(`http://${host}:${port}/`);
      expect(proxy.asked).toEqual([]);
    },
  );

  test("is not asked for an address nothing is sent to", async () => {
    const proxy = await startProxy();
    const call = proxiedFetch({ env: { HTTP_PROXY: proxy.url } })("http://100.100.100.200/");
    await expect(call).rejects.toMatchObject({ retryable: false });
    expect(proxy.asked).toEqual([]);
  });

  test("is not read from the environment of the process unless it is given", async () => {
    const port = await serveHttp();
    const fetch = proxiedFetch({});
    expect((await fetch(`http://elsewhere.example:${port}/`)).status).toBe(200);
  });
});

describe("NO_PROXY", () => {
  test.each([
    ["elsewhere.example", true],
    [".elsewhere.example", true],
    ["*.elsewhere.example", true],
    ["example", true],
    ["other.test, elsewhere.example", true],
    ["other.test elsewhere.example", true],
    ["ELSEWHERE.example", true],
    ["*", true],
    ["elsewhere.example:PORT", true],
    ["elsewhere.example:1", false],
    ["where.example", false],
    ["sub.elsewhere.example", false],
    ["", false],
  ])("%j lets elsewhere.example go directly: %s", async (list, isDirect) => {
    const proxy = await startProxy();
    const port = await serveHttp();
    const env = { HTTP_PROXY: proxy.url, NO_PROXY: list.replace("PORT", `${port}`) };
    await proxiedFetch({ env })(`http://elsewhere.example:${port}/`);
    expect(proxy.asked).toHaveLength(isDirect ? 0 : 1);
  });
});

describe("a proxy as people write it", () => {
  test.each([(url: string) => url.slice("http://".length), (url: string) => url.replace("http:", "HTTP:")])(
    "is used, never passed by",
    async (spelling) => {
      const proxy = await startProxy();
      const port = await serveHttp();
      const fetch = proxiedFetch({ env: { HTTP_PROXY: spelling(proxy.url) } });
      expect((await fetch(`http://service.example:${port}/`)).status).toBe(200);
      expect(proxy.asked).toHaveLength(1);
    },
  );

  test.each(["socks5://user:CanaryPassword@127.0.0.1:1080", "http://user:CanaryPassword@:bad"])(
    "is refused at once when it is none that can be used, and not shown: %s",
    (proxy) => {
      for (const env of [{ HTTPS_PROXY: proxy }, { http_proxy: proxy }]) {
        expect(() => nodeFetch({ env })).toThrow(TypeError);
        expect(() => nodeFetch({ env })).not.toThrow("Canary");
      }
    },
  );

  test("that opens no tunnel is left: no connection stays behind an attempt that timed out", async () => {
    const server = createTcpServer((socket) => void socket.on("error", () => undefined).resume());
    const { port, sockets } = await listen(server);
    const fetch = proxiedFetch({
      env: { HTTPS_PROXY: `http://127.0.0.1:${port}` },
      timeouts: { connectMs: 100 },
    });
    await expect(fetch("https://service.example/")).rejects.toMatchObject({ code: "FC_TIMEOUT" });
    const [socket] = sockets;
    if (socket !== undefined && !socket.destroyed) await once(socket, "close");
    expect(sockets.size).toBe(1);
  });
});
