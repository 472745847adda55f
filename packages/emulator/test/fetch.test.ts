import { createEmulator, type Emulator, type FaultAction } from "@fc-async/emulator";
import { createSignedFetch, type SignedFetch } from "@fc-async/protocol";
import { describe, expect, test } from "vitest";
import { DIRECT_HOST, KEY, NOW_MS, numberedRows, optionsWith } from "./world.ts";

const URL_2021 = `https://${DIRECT_HOST}/2021-04-06/stateful-async-invocation-functions`;

const faulty = (action: FaultAction): Emulator =>
  createEmulator(
    optionsWith(numberedRows(5), { faults: [{ match: {}, times: 1, action }], sleep: () => Promise.resolve() }),
  );

/** A client that signs, without retries, so that the test sees what `fetch` does. */
function clientOf(emulator: Emulator, fetch = emulator.fetch): SignedFetch {
  return createSignedFetch({
    fetch,
    now: () => NOW_MS,
    credentials: () => KEY,
    scheme: { name: "acs3", action: "ListStatefulAsyncInvocationFunctions", version: "2021-04-06" },
    retry: { maxAttempts: 1 },
  });
}

/** Signs with the client, and answers what the emulator's own `fetch` gave it. */
async function seenByClient(emulator: Emulator, overruling: RequestInit = {}): Promise<Response> {
  let seen: Promise<Response> | undefined;
  const client = clientOf(emulator, (url, init) => {
    seen = emulator.fetch(url, { ...init, ...overruling });
    return seen.then((response) => response.clone());
  });
  await client(URL_2021).catch(() => undefined);
  if (seen === undefined) throw new Error("nothing was sent");
  return seen;
}

describe("fetch", () => {
  test.each([undefined, { type: "silence" } as const, { type: "delay", ms: 1000 } as const])(
    "ends with an abort that comes right after the call: %o",
    async (action) => {
      const emulator = createEmulator(
        optionsWith(numberedRows(1), {
          ...(action === undefined ? {} : { faults: [{ match: {}, times: 1, action }] }),
          sleep: () => new Promise(() => undefined),
        }),
      );
      const stop = new AbortController();
      const call = clientOf(emulator, (url, init) => {
        const seen = emulator.fetch(url, { ...init, signal: stop.signal });
        stop.abort(new Error("enough"));
        return seen;
      })(URL_2021);
      await expect(call).rejects.toMatchObject({ cause: { message: "enough" } });
    },
  );

  test("stands where a client takes a fetch", async () => {
    const response = await clientOf(createEmulator(optionsWith(numberedRows(2))))(URL_2021);
    expect(await response.json()).toEqual({ data: numberedRows(2), nextToken: "" });
  });

  test.each([
    ["a string", URL_2021],
    ["a URL", new URL(URL_2021)],
    ["a Request", new Request(URL_2021)],
  ])("takes %s", async (_what, input) => {
    const emulator = createEmulator(optionsWith(numberedRows(2)));
    // Unsigned: that the refusal says so proves that method, path and host arrived.
    expect((await emulator.fetch(input)).status).toBe(400);
    expect(emulator.requests[0]).toMatchObject({ method: "GET", host: DIRECT_HOST, code: "MissingRequiredHeader" });
  });

  test("lets init overrule the request, and joins headers that come twice", async () => {
    const emulator = createEmulator(optionsWith([]));
    await emulator.fetch(new Request(URL_2021), {
      method: "post",
      body: "x",
      headers: [
        ["Host", "fc.cn-shanghai.aliyuncs.com"],
        ["x-a", "1"],
        ["X-A", "2"],
      ],
    });
    expect(emulator.requests[0]).toMatchObject({ method: "POST", host: "fc.cn-shanghai.aliyuncs.com" });
  });

  test("hashes the body it is given", async () => {
    const emulator = createEmulator(optionsWith([]));
    const request = new Request(URL_2021, { method: "POST", body: "x" });
    expect((await emulator.fetch(request)).status).toBe(400);
  });
});

describe("a fault seen through fetch", () => {
  test.each([
    [{ type: "reset" }, "ECONNRESET"],
    [{ type: "close" }, "UND_ERR_SOCKET"],
  ] as const)("%j rejects with a TypeError whose cause has the code %s, case 22", async (action, code) => {
    await expect(seenByClient(faulty(action))).rejects.toThrow(
      expect.objectContaining({ name: "TypeError", message: "fetch failed", cause: expect.objectContaining({ code }) }),
    );
  });

  test.each([0, 20])("reset behind the head and %i bytes fails in the body", async (afterBytes) => {
    const response = await seenByClient(faulty({ type: "reset", afterBytes }));
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow(
      expect.objectContaining({
        name: "TypeError",
        message: "terminated",
        cause: expect.objectContaining({ code: "ECONNRESET" }),
      }),
    );
  });

  test.each(["two-lengths", "length-and-chunks"] as const)("broken framing rejects: %s", async (how) => {
    await expect(seenByClient(faulty({ type: "broken-framing", how }))).rejects.toThrow(
      expect.objectContaining({ name: "TypeError", message: "fetch failed" }),
    );
  });

  test("a bad chunk size fails in the body", async () => {
    const response = await seenByClient(faulty({ type: "broken-framing", how: "bad-chunk-size" }));
    await expect(response.text()).rejects.toThrow(TypeError);
  });

  test("a body cut without its length has none in its head, and fails", async () => {
    const response = await seenByClient(faulty({ type: "close", afterBytes: 20, framing: "chunked" }));
    expect(response.headers.has("content-length")).toBe(false);
    await expect(response.text()).rejects.toThrow(TypeError);
  });

  test("a body that ends with the connection is cut without a sign: only its JSON can tell", async () => {
    const response = await seenByClient(faulty({ type: "close", afterBytes: 20, framing: "none" }));
    const text = await response.text();
    expect(text).toHaveLength(20);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  test("a gzip bomb unpacks until the client has enough, case 24", async () => {
    const emulator = faulty({ type: "gzip-bomb", bytes: 50_000_000 });
    await expect(clientOf(emulator)(URL_2021)).rejects.toMatchObject({ code: "FC_LIMIT", reason: "limit" });
  });

  test("drip gives the right body in the end", async () => {
    const response = await seenByClient(faulty({ type: "drip", bytes: 7, everyMs: 1 }));
    expect(await response.json()).toEqual({ data: numberedRows(5), nextToken: "" });
  });

  test("gzip arrives decompressed", async () => {
    const response = await seenByClient(faulty({ type: "body", gzip: "whole" }));
    expect(await response.json()).toEqual({ data: numberedRows(5), nextToken: "" });
  });

  test("gzip cut in half fails in the body, case 23", async () => {
    const response = await seenByClient(faulty({ type: "body", gzip: "cut" }));
    await expect(response.text()).rejects.toThrow(TypeError);
  });

  test.each(["error", "follow"] as const)("a redirect rejects under redirect: %s, case 27", async (redirect) => {
    const emulator = faulty({ type: "status", status: 302, headers: { location: "http://elsewhere.example/" } });
    await expect(seenByClient(emulator, { redirect })).rejects.toThrow(
      expect.objectContaining({
        name: "TypeError",
        cause: expect.objectContaining({ code: "ERR_UNEXPECTED_REDIRECT" }),
      }),
    );
  });

  test("a redirect is handed out under redirect: manual", async () => {
    const emulator = faulty({ type: "status", status: 302, headers: { location: "http://elsewhere.example/" } });
    expect((await seenByClient(emulator, { redirect: "manual" })).status).toBe(302);
  });
});

describe("an abort", () => {
  test("before the call rejects with its reason, and nothing is sent", async () => {
    const emulator = createEmulator(optionsWith([]));
    const reason = new Error("enough");
    await expect(emulator.fetch(URL_2021, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(emulator.requests).toEqual([]);
  });

  test("ends silence with its reason, case 26", async () => {
    const emulator = faulty({ type: "silence" });
    const abort = new AbortController();
    const reason = new Error("enough");
    const call = clientOf(emulator)(URL_2021, { signal: abort.signal });
    await expect.poll(() => emulator.requests[0]?.fault).toBe("silence");
    abort.abort(reason);
    await expect(call).rejects.toBe(reason);
  });

  test("ends a delay with its reason", async () => {
    const emulator = createEmulator(
      optionsWith([], {
        faults: [{ match: {}, times: 1, action: { type: "delay", ms: 1_000_000 } }],
        sleep: () => new Promise(() => {}),
      }),
    );
    const abort = new AbortController();
    const reason = new Error("enough");
    const call = clientOf(emulator)(URL_2021, { signal: abort.signal });
    await expect.poll(() => emulator.faults.armed[0]?.hits).toBe(1);
    abort.abort(reason);
    await expect(call).rejects.toBe(reason);
  });
});
