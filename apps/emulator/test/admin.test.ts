import { connect } from "node:net";
import { createEmulator, demoAccounts, openApiContract, type Emulator } from "@fc-async/emulator";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createAdminApp } from "../src/admin/create-admin-app.ts";
import { startAdminServer } from "../src/admin/start-admin-server.ts";
import { start } from "./program.ts";

const NOW_MS = Date.UTC(2026, 10, 23, 8, 56, 27);
const HOST = "127.0.0.1:10411";
const DELAY = { match: { page: 2 }, times: 1, action: { type: "delay", ms: 5 } };

let emulator: Emulator;
beforeEach(() => {
  emulator = createEmulator({ accounts: demoAccounts(), now: () => NOW_MS, contract: openApiContract("fail") });
});

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Asks the app in memory, by default as curl on this machine would. */
async function ask(
  method: string,
  path: string,
  options: {
    readonly json?: unknown;
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<Answered> {
  const { json, headers = {} } = options;
  const body = json === undefined ? options.body : JSON.stringify(json);
  const type: Record<string, string> = json === undefined ? {} : { "content-type": "application/json" };
  const app = createAdminApp({ emulator, ownHosts: new Set([HOST]) });
  const request = new Request(`http://${HOST}${path}`, {
    method,
    headers: { host: HOST, ...type, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const answer = await app.fetch(request);
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === "" ? undefined : JSON.parse(text) };
}

describe("the admin API", () => {
  test("says that it is there", async () => {
    expect(await ask("GET", "/_emulator/health")).toMatchObject({ status: 200, body: { status: "ok" } });
  });

  test("shows what there is, without a secret", async () => {
    const { status, headers, body } = await ask("GET", "/_emulator/state");
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toMatchObject({
      now: "2026-11-23T08:56:27.000Z",
      pagination: "stable",
      accounts: [{ accountId: "1000000000000001", regions: { "cn-hangzhou": 50, "cn-shanghai": 25 } }, {}, {}],
    });
    expect(JSON.stringify(body)).not.toMatch(/Secret|SecurityToken/);
  });

  test("arms faults, lists them with their hits, and disarms them", async () => {
    expect(await ask("POST", "/_emulator/faults", { json: [DELAY] })).toMatchObject({
      status: 200,
      body: [{ rule: DELAY, matched: 0, hits: 0 }],
    });
    expect(emulator.faults.armed).toHaveLength(1);
    expect((await ask("GET", "/_emulator/faults")).body).toHaveLength(1);
    expect(await ask("DELETE", "/_emulator/faults")).toMatchObject({ status: 200, body: [] });
    expect(emulator.faults.armed).toEqual([]);
  });

  test("refuses wrong faults with every problem and its place, and arms none", async () => {
    const json = [DELAY, { match: { pgae: 2 }, times: 0, action: { type: "reste" } }];
    const { status, body } = await ask("POST", "/_emulator/faults", { json });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: "wrong_body",
      problems: [{ path: "$[1].match.pgae" }, { path: "$[1].times" }, { path: "$[1].action.type" }],
    });
    expect(emulator.faults.armed).toEqual([]);
  });

  test("sets the clock and moves it", async () => {
    expect((await ask("PUT", "/_emulator/clock", { json: { skewMs: -1_200_000 } })).body).toEqual({
      now: "2026-11-23T08:36:27.000Z",
      skewMs: -1_200_000,
    });
    await ask("PUT", "/_emulator/clock", { json: { advanceMs: 1_260_000 } });
    expect((await ask("GET", "/_emulator/clock")).body).toEqual({ now: "2026-11-23T08:57:27.000Z", skewMs: 60_000 });
  });

  test.each([
    {},
    { skewMs: "1" },
    { skewMs: 1, advanceMs: 1 },
    { skew: 1 },
    { advanceMs: 1e300 },
    [],
    // eslint-disable-next-line unicorn/no-null -- JSON has it
    null,
  ])("sets no clock by %j", async (json) => {
    const { status, body } = await ask("PUT", "/_emulator/clock", { json });
    expect({ status, body }).toMatchObject({ status: 400, body: { code: "wrong_body" } });
    expect(emulator.clock.skewMs).toBe(0);
  });

  test("puts everything back", async () => {
    emulator.clock.advance(1000);
    emulator.faults.arm([{ match: {}, times: 1, action: { type: "silence" } }]);
    await emulator.fetch("http://127.0.0.1/");
    expect(await ask("POST", "/_emulator/reset")).toMatchObject({
      status: 200,
      body: { skewMs: 0, armedFaults: 0, requests: 0 },
    });
    expect(emulator.requests).toEqual([]);
  });
});

describe("the requests", () => {
  const PATH = "/2021-04-06/stateful-async-invocation-functions";
  const refusals: readonly [string, Record<string, string>][] = [
    ["/", {}],
    [PATH, {}],
    [PATH, { authorization: "FC LTAI5tFakeDemoKeyOne0001:AAAA", date: "yesterday" }],
  ];
  beforeEach(async () => {
    for (const [path, headers] of refusals) await emulator.fetch(`http://127.0.0.1${path}`, { headers });
  });

  test.each([
    ["", 3, [undefined, "missing_authorization", "crossed_scheme"]],
    ["?limit=2", 3, ["missing_authorization", "crossed_scheme"]],
    ["?verdict=missing_authorization", 1, ["missing_authorization"]],
    ["?status=400&limit=1", 2, ["missing_authorization"]],
    ["?fault=reset", 0, []],
  ])("%s are the latest that match, oldest first", async (query, found, verdicts) => {
    const known = emulator.requests.map(({ verdict, status }) => ({ verdict, status }));
    const { status, body } = await ask("GET", `/_emulator/requests${query}`);
    expect(status, JSON.stringify(known)).toBe(200);
    expect(body, JSON.stringify(known)).toMatchObject({ found });
    expect(verdictsIn(body)).toEqual(verdicts);
  });

  test.each(["?limit=0", "?limit=x", "?status=1000", "?verdikt=ok"])(
    "%s is refused: it would filter nothing",
    async (query) => {
      const { status, body } = await ask("GET", `/_emulator/requests${query}`);
      expect({ status, body }).toMatchObject({ status: 400, body: { code: "wrong_query", problems: [{}] } });
    },
  );
});

function verdictsIn(body: unknown): unknown[] {
  if (typeof body !== "object" || body === null || !("requests" in body) || !Array.isArray(body.requests)) return [];
  return body.requests.map((record: { readonly verdict?: string }) => record.verdict);
}

describe("what the admin API refuses", () => {
  const armed = async (): Promise<readonly unknown[]> => {
    emulator.faults.arm([{ match: {}, times: 1, action: { type: "silence" } }]);
    emulator.clock.skew(1000);
    return Promise.resolve(emulator.faults.armed);
  };
  const ROUTES: readonly [string, string, unknown][] = [
    ["GET", "/_emulator/health", undefined],
    ["GET", "/_emulator/state", undefined],
    ["GET", "/_emulator/requests", undefined],
    ["GET", "/_emulator/faults", undefined],
    ["GET", "/_emulator/clock", undefined],
    ["POST", "/_emulator/reset", undefined],
    ["POST", "/_emulator/faults", [DELAY]],
    ["DELETE", "/_emulator/faults", undefined],
    ["PUT", "/_emulator/clock", { skewMs: 5 }],
    ["GET", "/_emulator/nowhere", undefined],
  ];

  test.each(
    ROUTES.flatMap(([method, path, json]) => [
      { method, path, json, headers: { host: "rebound.example:10411" }, code: "foreign_host" },
      { method, path, json, headers: { host: "127.0.0.1:1" }, code: "foreign_host" },
      { method, path, json, headers: { origin: "http://elsewhere.example" }, code: "foreign_origin" },
      { method, path, json, headers: { origin: "null" }, code: "foreign_origin" },
      { method, path, json, headers: { "sec-fetch-site": "cross-site" }, code: "foreign_origin" },
    ]),
  )("$method $path of $headers, state unchanged, case 44", async ({ method, path, json, headers, code }) => {
    const before = await armed();
    const answer = await ask(method, path, { json, headers });
    expect(answer).toMatchObject({ status: 403, body: { code, message: expect.stringContaining(HOST) } });
    expect(emulator.faults.armed).toEqual(before);
    expect(emulator.clock.skewMs).toBe(1000);
  });

  test.each(["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])(
    "a form as %s, even without an Origin, state unchanged, case 44",
    async (type) => {
      const before = await armed();
      for (const [method, path, json] of ROUTES.filter(([method]) => method !== "GET")) {
        const answer = await ask(method, path, { body: JSON.stringify(json ?? {}), headers: { "content-type": type } });
        expect(answer).toMatchObject({ status: 415, body: { code: "wrong_content_type" } });
      }
      expect(emulator.faults.armed).toEqual(before);
      expect(emulator.clock.skewMs).toBe(1000);
    },
  );

  test("is a body without a type, one that is no JSON, and one that is too large", async () => {
    expect(await ask("POST", "/_emulator/faults", { headers: { "content-type": "application/json" } })).toMatchObject({
      status: 400,
      body: { code: "wrong_body" },
    });
    const untyped = new Request(`http://${HOST}/_emulator/faults`, {
      method: "POST",
      headers: { host: HOST },
      body: new Blob(["[]"]),
    });
    expect((await createAdminApp({ emulator, ownHosts: new Set([HOST]) }).fetch(untyped)).status).toBe(415);
    expect(await ask("POST", "/_emulator/faults", { json: "x".repeat(1024 * 1024) })).toMatchObject({
      status: 413,
      body: { code: "too_large" },
    });
  });

  test("is an unknown path, with those there are, and a wrong method, with those there are", async () => {
    expect(await ask("GET", "/")).toMatchObject({
      status: 404,
      body: { code: "not_found", message: expect.stringContaining("/_emulator/state, /_emulator/reset") },
    });
    const { status, headers, body } = await ask("PATCH", "/_emulator/faults");
    expect({ status, body }).toMatchObject({ status: 405, body: { code: "wrong_method" } });
    expect(headers.get("allow")).toBe("GET, POST, DELETE");
  });
});

describe("the admin listener", () => {
  test("is apart from the operation's, both ways", async () => {
    const program = await start();
    const answers = await Promise.all([
      fetch(`${program.url}/_emulator/state`),
      fetch(`${program.adminUrl}/_emulator/state`),
      fetch(`${program.adminUrl}/2021-04-06/stateful-async-invocation-functions`),
    ]);
    await program.stop();
    expect(program.adminUrl).not.toBe(program.url);
    expect(answers.map(({ status }) => status)).toEqual([400, 200, 404]);
  });

  test("holds Host against the port it got, on the wire, too, case 44", async () => {
    const server = await startAdminServer(emulator, { hostname: "127.0.0.1", port: 0 });
    onTestFinished(() => server.stop());
    const raw = (host: string, headers = ""): Promise<string> =>
      exchange(server.port, `POST /_emulator/reset HTTP/1.1\r\nHost: ${host}\r\n${headers}Connection: close\r\n\r\n`);
    emulator.clock.skew(1000);
    expect(await raw(`rebound.example:${server.port}`)).toMatch(/^HTTP\/1\.1 403 [^]*foreign_host/);
    expect(await raw(`localhost:${server.port}`, "Origin: http://elsewhere.example\r\n")).toMatch(/^HTTP\/1\.1 403 /);
    expect(emulator.clock.skewMs).toBe(1000);
    expect(await raw(`localhost:${server.port}`)).toMatch(/^HTTP\/1\.1 200 /);
    expect(emulator.clock.skewMs).toBe(0);
  });

  test("takes a body in chunks, and one that is too large is refused before it ends", async () => {
    const server = await startAdminServer(emulator, { hostname: "127.0.0.1", port: 0 });
    onTestFinished(() => server.stop());
    const post = (body: ReadableStream<Uint8Array>): Promise<Response> =>
      fetch(`http://127.0.0.1:${server.port}/_emulator/faults`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        duplex: "half",
      });
    const small = await post(new Blob([JSON.stringify([DELAY])]).stream());
    expect(small.status).toBe(200);
    expect(await small.json()).toHaveLength(1);
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
    });
    expect((await post(endless)).status).toBe(413);
  });
});

/** Writes bytes, and answers everything that came back until the server closed. */
function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let received = "";
    socket.on("data", (chunk) => (received += chunk.toString()));
    socket.on("error", reject);
    socket.on("close", () => resolve(received));
  });
}
