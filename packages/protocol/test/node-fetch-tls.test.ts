import { createServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { TLSSocket, type SecureVersion } from "node:tls";
import { describe, expect, test } from "vitest";
import { listen, nodeFetch, pem, type LocalServer } from "./local-servers.ts";

const authority = pem("authority");

interface TlsServer extends LocalServer {
  /** Of each connection, whether it resumed a session. */
  readonly resumed: readonly boolean[];
}

async function serveTls(certificate: string, maxVersion: SecureVersion = "TLSv1.3"): Promise<TlsServer> {
  const resumed: boolean[] = [];
  const server = createServer(
    { cert: pem(certificate), key: pem("server-key"), minVersion: "TLSv1", maxVersion, ciphers: "DEFAULT@SECLEVEL=0" },
    (_request, response) => void response.end("{}"),
  );
  server.on("secureConnection", (socket: TLSSocket) => resumed.push(socket.isSessionReused()));
  return { ...(await listen(server)), resumed };
}

describe("case 36: a certificate", () => {
  test("of a known authority is accepted, by every name it has", async () => {
    const { port } = await serveTls("localhost");
    const fetch = nodeFetch({ ca: authority });
    for (const host of ["localhost", "127.0.0.1", "1234567890123456.cn-hangzhou.localhost"]) {
      expect((await fetch(`https://${host}:${port}/`)).status).toBe(200);
    }
  });

  test.each([
    ["of an unknown authority", "localhost", {}],
    ["that signed itself", "self-signed", {}],
    ["that expired", "expired", { ca: authority }],
    ["of another name", "other-name", { ca: authority }],
  ])("%s is refused as tls, for good", async (_what, certificate, options) => {
    const { port } = await serveTls(certificate);
    const call = nodeFetch(options)(`https://localhost:${port}/`);
    await expect(call).rejects.toMatchObject({ code: "FC_NETWORK", reason: "tls", retryable: false });
  });

  test("given as a list is one of several", async () => {
    const { port } = await serveTls("self-signed");
    expect((await nodeFetch({ ca: [authority, pem("self-signed")] })(`https://localhost:${port}/`)).status).toBe(200);
  });
});

test("TLS below 1.2 is refused", async () => {
  const { port } = await serveTls("localhost", "TLSv1.1");
  await expect(nodeFetch({ ca: authority })(`https://localhost:${port}/`)).rejects.toMatchObject({ reason: "tls" });
});

test("TLS 1.2 is accepted", async () => {
  const { port } = await serveTls("localhost", "TLSv1.2");
  expect((await nodeFetch({ ca: authority })(`https://localhost:${port}/`)).status).toBe(200);
});

test("a new connection resumes the session of the one before", async () => {
  const { port, resumed, closeConnections } = await serveTls("localhost");
  const fetch = nodeFetch({ ca: authority });
  for (let round = 0; round < 3; round++) {
    await fetch(`https://localhost:${port}/`);
    await fetch(`https://localhost:${port}/`);
    closeConnections();
    // Until the client has seen its connection end; the next request would run into the closing otherwise.
    await new Promise((resolve) => {
      setImmediate(() => setImmediate(resolve));
    });
  }
  expect(resumed).toEqual([false, true, true]);
});

test("plain HTTP on a TLS port is tls, for good", async () => {
  const server = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  const { port } = await listen(server);
  await expect(nodeFetch()(`https://localhost:${port}/`)).rejects.toMatchObject({ reason: "tls" });
});

test("the head of an answer can be looked at while its connection is known", async () => {
  const { port } = await serveTls("localhost");
  const seen: (string | null | undefined)[] = [];
  const fetch = nodeFetch({
    ca: authority,
    onHead: ({ headers, socket }) => {
      seen.push(headers["transfer-encoding"] ?? headers["content-length"]);
      if (socket instanceof TLSSocket) seen.push(socket.getProtocol());
    },
  });
  expect(await (await fetch(`https://localhost:${port}/`)).text()).toBe("{}");
  expect(seen).toEqual(["2", "TLSv1.3"]);
});
