import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { createNodeFetch } from "@fc-async/protocol/node";
import { createEmulator, demoAccounts, openApiContract } from "@fc-async/emulator";
import { describe, expect, onTestFinished, test } from "vitest";
import { createRelay, type RelayOutcome } from "../src/relay/create-relay.ts";
import { parseRelayRequest } from "../src/relay/parse-relay-request.ts";
import type { RelayRequest } from "../src/relay/relay-message.ts";
import { signingStages } from "../src/signing/sign-stages.ts";
import { EMULATOR_ENDPOINT, readOrThrow } from "./form-values.ts";

const PATH = "/2021-04-06/stateful-async-invocation-functions";
const NEVER = new AbortController().signal;

/** An upstream at a port of its own that does one thing, and a relay that may send to it. */
async function relayTo(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<{
  readonly send: (headers?: RelayRequest["headers"]) => Promise<RelayOutcome>;
  readonly received: readonly IncomingMessage[];
}> {
  const received: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    received.push(request);
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const fetch = createNodeFetch({ timeouts: { connectMs: 1000, headersMs: 200, bodyMs: 200 } });
  onTestFinished(async () => {
    fetch.close();
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const relay = createRelay({
    fetch,
    nowMs: () => performance.now(),
    emulatorEndpoint: `http://{account_id}.{region}.localhost:${port}`,
  });
  return {
    received,
    send: (headers = []) =>
      relay({ method: "GET", url: `http://1.cn-hangzhou.localhost:${port}${PATH}`, headers }, NEVER),
  };
}

describe("a relay", () => {
  test("hands out the upstream's own answer, whatever its status, with the time it took", async () => {
    let nowMs = 100;
    const emulator = createEmulator({ accounts: demoAccounts(), contract: openApiContract("fail") });
    const relay = createRelay({
      fetch: async (url, init) => {
        nowMs += 42;
        return emulator.fetch(url, init);
      },
      nowMs: () => nowMs,
      emulatorEndpoint: EMULATOR_ENDPOINT,
    });
    const { request, credentials } = readOrThrow({ limit: "2" });
    const { finalRequest } = await signingStages(request, credentials, { dateMs: Date.now(), nonce: "n1" });
    const { status, body } = await relay(finalRequest, NEVER);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 200, durationMs: 42 });
    if (!("body" in body)) throw new Error("there is no answer");
    expect(JSON.parse(body.body)).toMatchObject({ data: [{ serviceName: "billing-jobs" }, {}] });
    expect(body.headers.map(([name]) => name)).toContain("x-fc-request-id");

    const again = await relay(finalRequest, NEVER);
    expect(again).toMatchObject({
      status: 200,
      body: { status: 400, body: expect.stringContaining("SignatureNonceUsed") },
    });
  });

  test("forwards what belongs to a signed request, and nothing else", async () => {
    const { send, received } = await relayTo((_request, response) => response.end("{}"));
    const outcome = await send([
      ["X-Acs-Date", "d"],
      ["x-fc-trace-id", "t"],
      ["Authorization", "a"],
      ["accept", "application/json"],
      ["user-agent", "me"],
      ["Cookie", "session=1"],
      ["host", "evil.example"],
      ["Connection", "upgrade"],
      ["Transfer-Encoding", "chunked"],
      ["x-forwarded-for", "1.2.3.4"],
      ["origin", "http://localhost:10409"],
    ]);
    expect(outcome.status).toBe(200);
    const { headers } = received[0] ?? {};
    expect(headers).toMatchObject({
      "x-acs-date": "d",
      "x-fc-trace-id": "t",
      authorization: "a",
      accept: "application/json",
    });
    expect(headers?.host).toMatch(/^1\.cn-hangzhou\.localhost:\d+$/);
    expect(Object.keys(headers ?? {}).toSorted()).toEqual([
      "accept",
      "accept-encoding",
      "authorization",
      "connection",
      "host",
      "user-agent",
      "x-acs-date",
      "x-fc-trace-id",
    ]);
    expect(headers?.connection).toBe("keep-alive");
  });

  test("does not send elsewhere, says so, and hides what stands before an @", async () => {
    const fetch = (): never => {
      throw new Error("it was sent");
    };
    const relay = createRelay({ fetch, nowMs: () => 0, emulatorEndpoint: EMULATOR_ENDPOINT });
    expect(await relay({ method: "GET", url: `https://user:canary@evil.example${PATH}`, headers: [] }, NEVER)).toEqual({
      status: 403,
      body: {
        side: "relay",
        code: "target_refused",
        message: expect.stringMatching(
          /^The relay does not send to "https:\/\/…@evil\.example.*--emulator\.endpoint\.$/,
        ),
      },
    });
  });
});

describe("of an upstream that", () => {
  test("case 24: unfolds to more than 4 MiB, the relay says the limit", async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    const { send } = await relayTo((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-length": bomb.byteLength });
      response.end(bomb);
    });
    expect(await send()).toMatchObject({
      status: 502,
      body: { side: "upstream", code: "FC_LIMIT", message: expect.stringContaining("larger than the 4 MiB") },
    });
  });

  test.each([
    [200, "<html>login</html>"],
    [502, "<html>bad gateway</html>"],
  ])("case 25: answers %i with HTML, the relay hands it out as it is", async (status, html) => {
    const { send } = await relayTo((_request, response) =>
      response.writeHead(status, { "content-type": "text/html" }).end(html),
    );
    expect(await send()).toMatchObject({ status: 200, body: { status, body: html } });
  });

  test("case 26: says nothing, the relay gives up in time", async () => {
    const { send } = await relayTo(() => {});
    expect(await send()).toMatchObject({ status: 502, body: { side: "upstream", code: "FC_TIMEOUT" } });
  });

  test("case 26: drips, the relay gives up in time", async () => {
    const { send } = await relayTo((_request, response) => {
      const drip = setInterval(() => response.write("x"), 20);
      response.once("close", () => clearInterval(drip));
    });
    expect(await send()).toMatchObject({ status: 502, body: { side: "upstream", code: "FC_TIMEOUT" } });
  });

  test("case 27: redirects, the relay does not follow", async () => {
    const elsewhere = createServer((_request, response) => response.end());
    elsewhere.listen(0, "127.0.0.1");
    await once(elsewhere, "listening");
    onTestFinished(() => void elsewhere.close());
    let followed = 0;
    elsewhere.on("request", () => (followed += 1));
    const address = elsewhere.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { send } = await relayTo((_request, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${port}${PATH}` }).end(),
    );
    expect(await send([["x-acs-security-token", "t"]])).toMatchObject({
      status: 502,
      body: { side: "upstream", code: "FC_RESPONSE", message: expect.stringContaining("redirect (302)") },
    });
    expect(followed).toBe(0);
  });

  test("resets the connection, the relay says which side failed", async () => {
    const { send } = await relayTo((request) => request.socket.resetAndDestroy());
    expect(await send()).toMatchObject({
      status: 502,
      body: {
        side: "upstream",
        code: "FC_NETWORK",
        message: expect.stringMatching(/^1\.cn-hangzhou\.localhost:\d+ was asked .*ECONNRESET/),
      },
    });
  });

  test.each([200, 500])("sends bytes that are no text with status %i, the relay makes none of it", async (status) => {
    const { send } = await relayTo((_request, response) => response.writeHead(status).end(Buffer.from([0xff, 0xfe])));
    expect(await send()).toMatchObject({ status: 502, body: { side: "upstream", code: "FC_RESPONSE" } });
  });
});

describe("the body of a request to the relay", () => {
  const right = { method: "GET", url: "http://h/", headers: [["accept", "application/json"]] };

  test("is read when it is right", () => {
    expect(parseRelayRequest(JSON.stringify(right))).toEqual({ ok: true, request: right });
  });

  test.each([
    ["no JSON", "{"],
    ["null", "null"],
    ["an array", "[]"],
    ["another method", JSON.stringify({ ...right, method: "POST" })],
    ["no URL", JSON.stringify({ ...right, url: 5 })],
    ["an unknown member", JSON.stringify({ ...right, body: "canary" })],
    ["a header name that is none", JSON.stringify({ ...right, headers: [["a b", "canary"]] })],
    ["a header that breaks its line", JSON.stringify({ ...right, headers: [["a", "canary\r\nb: c"]] })],
    ["a header outside of ASCII", JSON.stringify({ ...right, headers: [["a", "canaryé"]] })],
    ["a header of three parts", JSON.stringify({ ...right, headers: [["a", "b", "c"]] })],
    ["headers without end", JSON.stringify({ ...right, headers: Array.from({ length: 65 }, () => ["a", "b"]) })],
  ])("is refused, without its values, when it is %s", (_name, body) => {
    const reading = parseRelayRequest(body);
    expect(reading.ok).toBe(false);
    expect(JSON.stringify(reading)).not.toContain("canary");
  });
});
