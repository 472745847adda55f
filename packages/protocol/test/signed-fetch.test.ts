import { FcLimitError, FcResponseError, LightRequest } from "@fc-async/protocol";
import { nodeHash } from "@fc-async/protocol/node";
import { describe, expect, test, vi } from "vitest";
import { key, url, scene, ok, refusal } from "./signed-fetch-scene.ts";

describe("one attempt", () => {
  test("is signed over exactly what is sent, the query in its canonical form", async () => {
    const { fetch, sent, verdicts } = scene([ok]);
    const response = await fetch(`${url}?nextToken=a!b%27(c)+d&limit=100`, {
      headers: { "X-Fc-Account-Id": "1234567890123456" },
    });
    expect(await response.json()).toEqual({ data: null });
    expect(sent[0]?.url).toBe(`${url}?limit=100&nextToken=a%21b%27%28c%29%20d`);
    expect(sent[0]?.headers.get("x-fc-account-id")).toBe("1234567890123456");
    expect(sent[0]?.headers.get("x-fc-date")).toBe("Mon, 23 Nov 2026 08:56:27 GMT");
    expect(sent[0]?.init.redirect).toBe("manual");
    expect(await verdicts()).toMatchObject([{ ok: true, scheme: "acs3" }]);
  });

  test("takes a LightRequest, a Request and a URL alike", async () => {
    for (const input of [
      new LightRequest(`${url}?limit=1`),
      new Request(`${url}?limit=1`),
      new URL(`${url}?limit=1`),
    ]) {
      const { fetch, verdicts } = scene([ok]);
      await fetch(input);
      expect(await verdicts()).toMatchObject([{ ok: true }]);
    }
  });

  test("signs the FC scheme when told so", async () => {
    const { fetch, verdicts } = scene([ok], { scheme: { name: "fc" } });
    await fetch(url.replace("2021-04-06", "2016-08-15"));
    expect(await verdicts()).toMatchObject([{ ok: true, scheme: "fc" }]);
  });

  test("declares the hash of a body, and sends the body again on each attempt", async () => {
    const { fetch, sent } = scene([refusal(500, "InternalServerError"), ok]);
    await fetch(url, { method: "PUT", body: '{"a":1}' });
    const hash = await nodeHash.sha256Hex('{"a":1}');
    expect(sent.map(({ headers }) => headers.get("x-acs-content-sha256"))).toEqual([hash, hash]);
    expect(await Promise.all(sent.map(({ init }) => new Response(init.body ?? null).text()))).toEqual([
      '{"a":1}',
      '{"a":1}',
    ]);
  });

  test("overrides headers that would contradict the signature", async () => {
    const { fetch, sent, verdicts } = scene([ok]);
    await fetch(url, { headers: { Authorization: "Bearer x", "x-acs-date": "2000-01-01T00:00:00Z", Host: "evil" } });
    expect(sent[0]?.headers.get("authorization")).toMatch(/^ACS3-HMAC-SHA256 /);
    expect(await verdicts()).toMatchObject([{ ok: true }]);
  });

  test("with WebCrypto is signed the same", async () => {
    const { fetch, verdicts } = scene([ok], { hash: undefined });
    await fetch(`${url}?limit=2`);
    expect(await verdicts()).toMatchObject([{ ok: true }]);
  });

  test("refuses a URL with a user name, or of another scheme", async () => {
    const { fetch, sent } = scene([ok]);
    await expect(fetch("https://user:pass@a.example/")).rejects.toThrow(TypeError);
    await expect(fetch("ftp://a.example/")).rejects.toThrow(TypeError);
    expect(sent).toHaveLength(0);
  });
});

describe("what the signer owns", () => {
  test.each([
    "x-acs-security-token",
    "x-acs-date",
    "x-acs-signature-nonce",
    "x-fc-date",
    "content-length",
    "authorization",
    "host",
  ])("a caller's %s does not contradict it", async (name) => {
    const { fetch, sent, verdicts } = scene([ok]);
    await fetch(url, { headers: new LightRequest(url, { headers: { [name]: "mine" } }).headers });
    expect(sent[0]?.headers.get(name)).not.toBe("mine");
    expect(await verdicts()).toMatchObject([{ ok: true }]);
  });

  test("nonces never share a digit of the random source", async () => {
    const bytes = vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
      if (array instanceof Uint8Array) for (const index of array.keys()) array[index] = index % 256;
      return array;
    });
    vi.resetModules();
    const { randomNonce } = await import("../src/fetch/random-nonce.ts");
    const nonces = Array.from({ length: 4 }, () => randomNonce());
    bytes.mockRestore();
    expect(nonces.join("")).toBe(Array.from({ length: 64 }, (_, byte) => byte.toString(16).padStart(2, "0")).join(""));
  });
});

describe("where requests may go", () => {
  test.each([
    "http://1234567890123456.cn-hangzhou.fc.aliyuncs.com/x",
    "http://localhost.example.com/x",
    "https://169.254.169.254/latest/meta-data",
    "https://100.100.100.200/x",
    "https://[fe80::1]/x",
    "https://[::ffff:a9fe:a9fe]/x",
  ])("not to %s: nothing is signed for it, nothing sent", async (target) => {
    const { fetch, sent } = scene([ok], { credentials: () => ({ ...key, securityToken: "CanarySecurityToken" }) });
    const call = fetch(target);
    await expect(call).rejects.toThrow(TypeError);
    await expect(call).rejects.not.toThrow("Canary");
    expect(sent).toEqual([]);
  });
});

describe("an option that is undefined", () => {
  test("has its default", async () => {
    const { fetch, sent } = scene([refusal(500, "X")], {
      retry: { maxAttempts: undefined },
      attemptTimeoutMs: undefined,
    });
    expect((await fetch(url)).status).toBe(500);
    expect(sent).toHaveLength(4);
  });

  test("a timeout beyond every timer is a long one", async () => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    await scene([ok], { attemptTimeoutMs: Infinity }).fetch(url);
    expect(timers.mock.calls.map(([, ms]) => ms)).toEqual([2 ** 31 - 1]);
    timers.mockRestore();
  });
});

describe("bounds", () => {
  test("a body of the cap passes, one byte more does not", async () => {
    const body = "x".repeat(1000);
    const fits = scene([() => new Response(body)], { maxBodyBytes: 1000 });
    expect(await (await fits.fetch(url)).text()).toBe(body);
    const tooLarge = scene([() => new Response(body)], { maxBodyBytes: 999 });
    const call = tooLarge.fetch(url);
    await expect(call).rejects.toThrow(FcLimitError);
    await expect(call).rejects.toMatchObject({ limit: "maxBodyBytes", maximum: 999 });
    expect(tooLarge.sent).toHaveLength(1);
  });

  test("case 27: a redirect is refused, not followed and not retried", async () => {
    const { fetch, sent } = scene([
      new Response(null, { status: 302, headers: { location: "https://evil.example/" } }),
    ]);
    const call = fetch(url);
    await expect(call).rejects.toThrow(FcResponseError);
    await expect(call).rejects.toMatchObject({ status: 302, reason: "invalid_response" });
    expect(sent).toHaveLength(1);
  });

  test("a body that does not decompress is an invalid response, and not retried", async () => {
    const zlib = Object.assign(new Error("incorrect data check"), { code: "Z_DATA_ERROR" });
    const { fetch, sent } = scene([new TypeError("terminated", { cause: zlib })]);
    await expect(fetch(url)).rejects.toMatchObject({ code: "FC_RESPONSE", reason: "invalid_response" });
    expect(sent).toHaveLength(1);
  });

  test("an attempt that takes too long is a timeout, even of a fetch that ignores its signal", async () => {
    const { fetch, sent } = scene([() => new Promise(() => undefined)], {
      attemptTimeoutMs: 5,
      retry: { maxAttempts: 2 },
    });
    await expect(fetch(url)).rejects.toMatchObject({
      code: "FC_TIMEOUT",
      phase: "attempt",
      timeoutMs: 5,
      reason: "timeout",
    });
    expect(sent).toHaveLength(2);
  });

  test("case 25: a page with status 200 is an invalid response that keeps its beginning", async () => {
    const { fetch } = scene([() => new Response("<html>\u001b[2J", { headers: { "x-fc-request-id": "r-9" } })]);
    const response = await fetch(url);
    await expect(response.json()).rejects.toMatchObject({
      code: "FC_RESPONSE",
      status: 200,
      requestId: "r-9",
      bodyExcerpt: "<html>\\u{1b}[2J",
    });
  });

  test.each([
    ["bytes that are not UTF-8", new Uint8Array([0x7b, 0xff, 0x7d])],
    ["half a document", new TextEncoder().encode('{"data":[')],
    ["nothing", new Uint8Array()],
    ["two documents", new TextEncoder().encode("{}{}")],
  ])("%s is no JSON", async (_what, bytes) => {
    const { fetch } = scene([() => new Response(bytes)]);
    await expect((await fetch(url)).json()).rejects.toThrow(FcResponseError);
  });
});
