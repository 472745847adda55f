import { gunzipSync } from "node:zlib";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { startServer, ownHosts } from "@fc-async/daemon";
import { createEmulator, DEMO_ACCOUNT, demoAccounts, openApiContract } from "@fc-async/emulator";
import { FcNetworkError } from "@fc-async/protocol";
import {
  createExplorerApp,
  type ExplorerApp,
  type ExplorerAppOptions,
  type ExplorerRequestRecord,
  type Sample,
} from "fc-async-explorer";
import { describe, expect, test, vi } from "vitest";
import type { RelayedAnswer, RelayFailure } from "../src/relay/relay-message.ts";
import { presetsFor } from "../src/request/presets.ts";
import { pageFile } from "../src/server/page-files.ts";
import { SECURITY_HEADERS } from "../src/server/security-headers.ts";
import { signingStages } from "../src/signing/sign-stages.ts";
import { EMULATOR_ENDPOINT, readOrThrow } from "./form-values.ts";

const utf8 = new TextEncoder();
const HTML = "<!doctype html><title>explorer</title>".repeat(20);
const SCRIPT = "console.log(1);\n".repeat(50);
const SETTINGS = {
  version: "1.2.3",
  emulatorEndpoint: EMULATOR_ENDPOINT,
  presets: presetsFor(EMULATOR_ENDPOINT, DEMO_ACCOUNT),
};

function appWith(options: Partial<ExplorerAppOptions> = {}): ExplorerApp {
  return createExplorerApp({
    settings: SETTINGS,
    pageFiles: new Map([
      ["/", pageFile("index.html", utf8.encode(HTML))],
      ["/assets/3f2a.js", pageFile("3f2a.js", utf8.encode(SCRIPT))],
      ["/assets/tiny.css", pageFile("tiny.css", utf8.encode("a{}"))],
    ]),
    fetch: createEmulator({ accounts: demoAccounts(), contract: openApiContract("fail") }).fetch,
    hosts: () => ownHosts({ hostname: "127.0.0.1", port: 10409 }, 10409),
    ...options,
  });
}

const OWN = { host: "localhost:10409" };

async function ask(path: string, init: RequestInit = {}, app: ExplorerApp = appWith()): Promise<Response> {
  return app.request(path, { ...init, headers: { ...OWN, ...Object.fromEntries(new Headers(init.headers)) } });
}

async function postToRelay(body: unknown, app?: ExplorerApp): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return ask("/relay", { method: "POST", headers: { "content-type": "application/json" }, body: text }, app);
}

async function jsonOf<T>(response: Response): Promise<T> {
  const value: T = JSON.parse(await response.text());
  return value;
}

describe("the server of the explorer", () => {
  test("sends the page, compressed for those who take it, and not to be kept", async () => {
    const plain = await ask("/");
    expect(plain.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(plain.headers.get("cache-control")).toBe("no-store");
    expect(await plain.text()).toBe(HTML);
    const packed = await ask("/", { headers: { "accept-encoding": "br;q=1.0, gzip;q=0.8" } });
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    const bytes = new Uint8Array(await packed.arrayBuffer());
    expect(packed.headers.get("content-length")).toBe(String(bytes.byteLength));
    expect(gunzipSync(bytes).toString()).toBe(HTML);
    for (const { headers } of [plain, packed]) expect(headers.get("vary")).toBe("accept-encoding");
  });

  test.each(["gzip;q=0", "br", "gzip;q=0.0, br", "x-gzipped", ""])(
    "sends it plain to those who take %j",
    async (accepted) => {
      const response = await ask("/", { headers: { "accept-encoding": accepted } });
      expect(response.headers.get("content-encoding")).toBeNull();
    },
  );

  test("sends its assets to be kept for ever, under no name but their own", async () => {
    const script = await ask("/assets/3f2a.js");
    expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    const tiny = await ask("/assets/tiny.css", { headers: { "accept-encoding": "gzip" } });
    expect([tiny.headers.get("content-encoding"), await tiny.text()]).toEqual([null, "a{}"]);
    for (const path of [
      "/assets/",
      "/assets/x.js",
      "/assets/..%2findex.html",
      "/assets/../package.json",
      "/assets/a/b",
    ]) {
      const missing = await ask(path);
      expect([missing.status, missing.headers.get("cache-control")], path).toEqual([404, "no-store"]);
    }
  });

  test("answers HEAD as GET without a body", async () => {
    const response = await ask("/", { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });

  test("sends the settings with the presets", async () => {
    expect(await (await ask("/settings.json")).json()).toEqual(SETTINGS);
  });

  test("is healthy", async () => {
    expect((await ask("/-/healthy")).status).toBe(200);
  });

  test.each([
    ["GET", "/nothing"],
    ["GET", "/relay"],
    ["GET", "/index.html"],
    ["POST", "/"],
    ["POST", "/samples"],
    ["OPTIONS", "/relay"],
  ])("has nothing at %s %s", async (method, path) => {
    expect((await ask(path, { method })).status).toBe(404);
  });

  test("tells about each request, without its query", async () => {
    const records: ExplorerRequestRecord[] = [];
    let nowMs = 0;
    const app = appWith({ onRequest: (record) => records.push(record), nowMs: () => (nowMs += 5) });
    await ask("/samples?nextToken=canary", {}, app);
    await postToRelay("{", app);
    expect(records).toMatchObject([
      { method: "GET", path: "/samples", status: 200, durationMs: 5, failure: undefined },
      { method: "POST", path: "/relay", status: 400, durationMs: 5, failure: { side: "relay", code: "bad_request" } },
    ]);
    expect(JSON.stringify(records)).not.toContain("canary");
  });

  test("answers what should not happen with 500, and says it to the log alone", async () => {
    const onError = vi.fn<(error: unknown) => void>();
    const canary = new Error("canary");
    const app = appWith({
      onError,
      fetch: () => Promise.reject(canary),
    });
    const response = await postToRelay({ method: "GET", url: `http://localhost:10407${PATH}`, headers: [] }, app);
    expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining("canary")]);
    expect(onError).toHaveBeenCalledWith(canary);
  });
});

const PATH = "/2021-04-06/stateful-async-invocation-functions";
const ROUTES = [
  ["GET", "/"],
  ["GET", "/assets/3f2a.js"],
  ["GET", "/settings.json"],
  ["GET", "/samples"],
  ["GET", "/-/healthy"],
  ["POST", "/relay"],
  ["GET", "/nothing"],
] as const;

describe.each(ROUTES)("%s %s", (method, path) => {
  test("carries the security headers", async () => {
    const response = await ask(path, { method });
    for (const [name, value] of SECURITY_HEADERS) expect(response.headers.get(name), name).toBe(value);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });

  test.each([
    ["foreign_host", { host: "evil.example" }],
    ["foreign_host", { host: "localhost:10408" }],
    ["foreign_origin", { origin: "https://evil.example" }],
    ["foreign_origin", { origin: "null" }],
    ["foreign_origin", { "sec-fetch-site": "cross-site" }],
  ])("case 44: is refused with %s: %j", async (code, headers) => {
    const fetch = vi.fn<ExplorerAppOptions["fetch"]>();
    const response = await ask(path, { method, headers }, appWith({ fetch }));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ side: "relay", code });
    for (const [name, value] of SECURITY_HEADERS) expect(response.headers.get(name), name).toBe(value);
    expect(fetch).not.toHaveBeenCalled();
  });
});

test("the policy allows scripts and styles of the server alone, and nothing inline", () => {
  const policy = new Map(SECURITY_HEADERS).get("content-security-policy");
  expect(policy).toMatch(/^default-src 'none'; /);
  expect(policy).not.toMatch(/unsafe|\*|http|data: *script/);
});

describe("GET /samples", () => {
  test("answers the samples of the emulator's preset, and of what the query changes", async () => {
    const preset = await jsonOf<readonly Sample[]>(await ask("/samples"));
    expect(preset.map(({ id }) => id)).toEqual([
      "curl",
      "typescript-core",
      "typescript-sdk",
      "python",
      "go",
      "java",
      "aliyun-cli",
    ]);
    expect(preset[0]?.code).toContain(`host='${DEMO_ACCOUNT.accountId}.cn-hangzhou.localhost:10407'`);
    const query = new URLSearchParams({
      accountId: "42",
      region: "eu-central-1",
      endpoint: "https://{account_id}.{region}.fc.aliyuncs.com",
      limit: "",
      nextToken: "a b",
      "X-Fc-Trace-Id": "t",
    });
    const [curl] = await jsonOf<readonly Sample[]>(await ask(`/samples?${query.toString()}`));
    expect(curl?.code).toContain("host='42.eu-central-1.fc.aliyuncs.com'");
    expect(curl?.code).toContain("query='nextToken=a%20b'");
    expect(curl?.code).toContain("'X-Fc-Trace-Id: t'");
  });

  test("says every problem of a query at once", async () => {
    const response = await ask("/samples?limit=0&region=A&region=B&accessKeySecret=x&X-Fc-Date=now");
    expect(response.status).toBe(400);
    const { problems } = await jsonOf<{ readonly problems: object }>(response);
    expect(Object.keys(problems).toSorted()).toEqual(["X-Fc-Date", "accessKeySecret", "limit", "region"]);
  });

  test("holds no key", async () => {
    expect(await (await ask("/samples")).text()).not.toContain(DEMO_ACCOUNT.accessKeyId);
  });
});

describe("POST /relay", () => {
  async function finalRequest(): Promise<object> {
    const { request: checked, credentials } = readOrThrow({ limit: "2" });
    return (await signingStages(checked, credentials, { dateMs: Date.now(), nonce: "n1" })).finalRequest;
  }

  test("hands out what the emulator answers", async () => {
    const response = await postToRelay(await finalRequest());
    expect(response.status).toBe(200);
    const { status, body } = await jsonOf<RelayedAnswer>(response);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ data: [{}, {}], nextToken: expect.stringMatching(/./) });
  });

  test.each([
    ["no JSON", "{", 400],
    ["another shape", { url: "x" }, 400],
    ["more than a signed request has", "x".repeat(65_537), 413],
  ])("refuses %s", async (_name, body, status) => {
    const response = await postToRelay(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ side: "relay", code: "bad_request" });
  });

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "",
  ])("refuses what a form can send: %j", async (contentType) => {
    const body = JSON.stringify(await finalRequest());
    const response = await ask("/relay", { method: "POST", headers: { "content-type": contentType }, body });
    expect([response.status, (await jsonOf<RelayFailure>(response)).code]).toEqual([415, "bad_request"]);
  });

  test("refuses another target with 403", async () => {
    const response = await postToRelay({ method: "GET", url: "https://evil.example/", headers: [] });
    expect([response.status, (await jsonOf<RelayFailure>(response)).code]).toEqual([403, "target_refused"]);
  });

  test("says with 502 that the upstream failed", async () => {
    const error = new FcNetworkError("GET h: no answer (ECONNREFUSED). Check the endpoint.", {
      reason: "network",
      retryable: true,
    });
    const app = appWith({ fetch: () => Promise.reject(error) });
    const response = await postToRelay(await finalRequest(), app);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ side: "upstream", code: "FC_NETWORK" });
  });
});

describe("over a real socket", () => {
  test("it answers its page, refuses a foreign host, and ends what it relays for one who is gone", async () => {
    const asked = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<void>();
    const onError = vi.fn<(error: unknown) => void>();
    const fetch: ExplorerAppOptions["fetch"] = (_url, { signal }) =>
      new Promise((_resolve, reject) => {
        asked.resolve();
        signal?.addEventListener("abort", () => {
          reject(signal.reason);
          aborted.resolve();
        });
      });
    const port = await freePort();
    const address = { hostname: "127.0.0.1", port };
    const app = appWith({ fetch, onError, hosts: () => ownHosts(address, port) });
    const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
    const server = await startServer((incoming, outgoing) => void listener(incoming, outgoing), address);

    const origin = `http://127.0.0.1:${port}`;
    expect(await (await globalThis.fetch(origin)).text()).toBe(HTML);
    expect((await globalThis.fetch(origin, { headers: { origin: "http://evil.example" } })).status).toBe(403);
    const body = JSON.stringify({ method: "GET", url: `http://localhost:10407${PATH}`, headers: [] });
    const posted = request(`${origin}/relay`, { method: "POST", headers: { "content-type": "application/json" } });
    posted.once("error", () => {});
    posted.end(body);
    await asked.promise;
    posted.destroy();
    await aborted.promise;
    await server.stop();
    expect(onError).not.toHaveBeenCalled();
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
