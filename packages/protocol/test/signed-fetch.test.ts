import {
  apiErrorFrom,
  createRateLimiter,
  createSignedFetch,
  FcCredentialsError,
  FcLimitError,
  FcNetworkError,
  FcResponseError,
  FcTimeoutError,
  formatRfc1123,
  LightRequest,
  type CallEvent,
  type Credentials,
  type SignedFetchOptions,
} from "@fc-async/protocol";
import { nodeHash } from "@fc-async/protocol/node";
import { verifyRequest, type Verdict } from "@fc-async/protocol/verify";
import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { fakeClock, type FakeClock } from "./fake-clock.ts";

const url = "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com/2021-04-06/stateful-async-invocation-functions";
const key = { accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" };
const acs3 = { name: "acs3", action: "ListStatefulAsyncInvocationFunctions", version: "2021-04-06" } as const;

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
  readonly headers: ReadonlyMap<string, string>;
}

type Answer = Response | Error | ((sent: Sent) => Response | Promise<Response>);

interface Scene {
  readonly fetch: ReturnType<typeof createSignedFetch>;
  readonly sent: readonly Sent[];
  readonly clock: FakeClock;
  readonly events: readonly CallEvent[];
  readonly observe: (event: CallEvent) => void;
  readonly verdicts: () => Promise<Verdict[]>;
}

/** A signed fetch before a service that answers as listed, the last answer again and again. */
function scene(answers: readonly Answer[], options: Partial<SignedFetchOptions> = {}): Scene {
  const clock = fakeClock();
  const sent: Sent[] = [];
  const events: CallEvent[] = [];
  const fetch = createSignedFetch({
    credentials: () => key,
    scheme: acs3,
    hash: nodeHash,
    now: clock.now,
    sleep: clock.sleep,
    random: () => 1,
    fetch: async (target, init) => {
      const request = { url: target, init, headers: new Map(new Headers(init.headers)) };
      sent.push(request);
      const answer = answers[Math.min(sent.length, answers.length) - 1];
      if (answer instanceof Error) throw answer;
      if (answer === undefined) throw new Error("the scene has no answers");
      return typeof answer === "function" ? answer(request) : answer.clone();
    },
    ...options,
  });
  const verdicts = (): Promise<Verdict[]> =>
    Promise.all(
      sent.map((request) => {
        const { host, pathname, search } = new URL(request.url);
        const headers = new Map([...request.headers, ["host", host]]);
        const received = { method: request.init.method ?? "", target: pathname + search, headers };
        return verifyRequest(received, {
          findKey: () => key,
          nowMs: clock.now(),
          maxSkewMs: 3_600_000,
          hash: nodeHash,
        });
      }),
    );
  return { fetch, sent, clock, events, observe: (event) => void events.push(event), verdicts };
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });
const ok = json(200, { data: null }, { "x-fc-request-id": "r-ok" });
const refusal = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  json(status, { Code: code, Message: "said so", RequestId: `r-${status}` }, headers);
/** No answer, ever. */
const silence: Answer = () => new Promise(() => undefined);
const reset = (): Error =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });

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

describe("retries", () => {
  test.each([429, 499, 500, 502, 503, 504])(
    "case 2: an answer of %i twice, then success, is a success",
    async (status) => {
      const { fetch, sent, events, observe } = scene([refusal(status, "X"), refusal(status, "X"), ok]);
      const response = await fetch.startWalk({ observe })(url);
      expect(response.status).toBe(200);
      expect(sent).toHaveLength(3);
      expect(events.filter(({ type }) => type === "retry")).toHaveLength(2);
    },
  );

  test("case 1: an answer that stays bad is returned after four attempts, its body still to read", async () => {
    const { fetch, sent } = scene([refusal(500, "InternalServerError")]);
    const response = await fetch(url);
    expect(sent).toHaveLength(4);
    expect(apiErrorFrom(response, await response.text())).toMatchObject({ reason: "server", requestId: "r-500" });
  });

  test("case 15: Throttling with status 400 is throttled all the same, and waits from the longer base", async () => {
    const limiter = createRateLimiter({ requestsPerSecond: 10, ...fakeClock() });
    const throttled = vi.spyOn(limiter, "throttled");
    const { fetch, sent, clock } = scene([refusal(400, "Throttling.User"), ok]);
    expect((await fetch.startWalk({ limiter })(url)).status).toBe(200);
    expect(sent).toHaveLength(2);
    expect(clock.slept).toEqual([500]);
    expect(throttled).toHaveBeenCalledTimes(1);
  });

  test("case 21: a denial is not retried", async () => {
    const { fetch, sent } = scene([refusal(403, "AccessDenied")]);
    expect((await fetch(url)).status).toBe(403);
    expect(sent).toHaveLength(1);
  });

  test.each([400, 401, 404, 409, 412])("an answer of %i is not retried", async (status) => {
    const { fetch, sent } = scene([refusal(status, "InvalidArgument")]);
    expect((await fetch(url)).status).toBe(status);
    expect(sent).toHaveLength(1);
  });

  test("case 22: a connection that breaks is retried, then thrown with its cause", async () => {
    const { fetch, sent } = scene([reset()]);
    const call = fetch(`${url}?nextToken=secret-name`);
    await expect(call).rejects.toThrow(FcNetworkError);
    await expect(call).rejects.toThrow(/ECONNRESET/);
    await expect(call).rejects.not.toThrow(/secret-name/);
    expect(sent).toHaveLength(4);
  });

  test("a refused certificate is final", async () => {
    const certificate = Object.assign(new Error("self-signed certificate"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    const { fetch, sent } = scene([new TypeError("fetch failed", { cause: certificate })]);
    await expect(fetch(url)).rejects.toMatchObject({ reason: "tls", code: "FC_NETWORK" });
    expect(sent).toHaveLength(1);
  });

  test("case 18: each attempt has its own nonce and date, and a nonce used twice is healed by that", async () => {
    const { fetch, sent, clock, verdicts } = scene([
      () => {
        clock.advance(2000);
        return refusal(400, "SignatureNonceUsed");
      },
      ok,
    ]);
    expect((await fetch(url)).status).toBe(200);
    const nonces = sent.map(({ headers }) => headers.get("x-acs-signature-nonce"));
    expect(new Set(nonces).size).toBe(2);
    expect(new Set(sent.map(({ headers }) => headers.get("x-acs-date"))).size).toBe(2);
    expect((await verdicts()).every((verdict) => verdict.ok)).toBe(true);
  });

  test("waits spread over the whole range, doubling to the cap", async () => {
    const policy = { maxAttempts: 6, maxDelayMs: 500 };
    const longest = scene([refusal(500, "X")], { retry: policy, random: () => 0.999999 });
    await longest.fetch(url);
    expect(longest.clock.slept).toEqual([100, 200, 400, 500, 500]);
    const shortest = scene([refusal(500, "X")], { retry: policy, random: () => 0 });
    await shortest.fetch(url);
    expect(shortest.clock.slept).toEqual([0, 0, 0, 0, 0]);
  });

  test("the budget bounds the calls of a client whose service is down", async () => {
    const { fetch, sent } = scene([refusal(500, "X")]);
    for (let call = 0; call < 100; call++) await fetch(url);
    // 100 tokens at 5 a retry.
    expect(sent).toHaveLength(120);
  });

  test("a retry after a timeout costs double, and a success at the first try gives back", async () => {
    const { fetch, sent } = scene([silence], { attemptTimeoutMs: 1, retry: { budgetTokens: 25 } });
    await expect(fetch(url)).rejects.toThrow(FcTimeoutError);
    await expect(fetch(url)).rejects.toThrow(FcTimeoutError);
    expect(sent).toHaveLength(4);

    const answers: Answer[] = [refusal(500, "X"), ok, ...Array.from({ length: 5 }, () => ok), refusal(500, "X"), ok];
    const refunded = scene(answers, { retry: { budgetTokens: 5 } });
    for (let call = 0; call < 7; call++) expect((await refunded.fetch(url)).status).toBe(200);
  });

  test("a success that took a retry gives nothing back", async () => {
    let calls = 0;
    const { fetch } = scene([() => (calls++ % 2 === 0 ? refusal(500, "X") : ok.clone())], {
      retry: { budgetTokens: 25 },
    });
    for (let call = 0; call < 5; call++) expect((await fetch(url)).status).toBe(200);
    expect((await fetch(url)).status).toBe(500);
  });

  test("good times are not saved up beyond the full budget", async () => {
    const answers = [...Array.from({ length: 100 }, () => ok), refusal(500, "X")];
    const { fetch, sent } = scene(answers, { retry: { budgetTokens: 5 } });
    for (let call = 0; call < 100; call++) await fetch(url);
    await fetch(url);
    expect(sent).toHaveLength(102);
  });

  test("a request that is not idempotent is repeated only when it was turned away unread", async () => {
    const failing = scene([reset()]);
    await expect(failing.fetch(url, { method: "POST" })).rejects.toThrow(FcNetworkError);
    expect(failing.sent).toHaveLength(1);
    const broken = scene([refusal(500, "X")]);
    await broken.fetch(url, { method: "POST" });
    expect(broken.sent).toHaveLength(1);
    const throttled = scene([refusal(429, "ResourceExhausted"), ok]);
    expect((await throttled.fetch(url, { method: "POST" })).status).toBe(200);
  });

  test("every event says what happened", async () => {
    const { fetch, events, observe } = scene([refusal(503, "ServiceUnavailable"), ok]);
    await fetch.startWalk({ observe })(url, { headers: { "X-Fc-Trace-Id": "t-1" } });
    expect(events).toEqual([
      { type: "attempt", durationMs: 0, outcome: "server", status: 503, requestId: undefined, traceId: "t-1" },
      { type: "retry", attempt: 2, delayMs: 100, reason: "server" },
      { type: "attempt", durationMs: 0, outcome: "ok", status: 200, requestId: "r-ok", traceId: "t-1" },
    ]);
  });

  test("beforeWait is told, and awaited before the wait begins", async () => {
    const { fetch, clock } = scene([refusal(500, "X"), ok]);
    const told: [waitMs: number, sleptSoFar: number][] = [];
    const beforeWait = async (waitMs: number): Promise<void> => {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      told.push([waitMs, clock.slept.length]);
    };
    await fetch.startWalk({ beforeWait })(url);
    expect(told).toEqual([[100, 0]]);
  });

  test("the limiter is asked before each attempt", async () => {
    const limiter = createRateLimiter({ requestsPerSecond: 1, ...fakeClock() });
    const take = vi.spyOn(limiter, "take");
    const { fetch, events, observe } = scene([refusal(500, "X"), ok]);
    await fetch.startWalk({ limiter, observe })(url);
    expect(take).toHaveBeenCalledTimes(2);
    expect(events).toContainEqual({ type: "rate_limit_wait", waitMs: 1000 });
  });
});

describe("Retry-After", () => {
  test("as a date is held against the service's clock, once that is known", async () => {
    const serviceMs = (): number => clock.now() + 1_200_000;
    const { fetch, clock } = scene([
      () => refusal(400, "InvalidTimeStamp.Expired", { date: formatRfc1123(serviceMs()) }),
      () => refusal(429, "Throttling", { "retry-after": formatRfc1123(serviceMs() + 2000) }),
      ok,
    ]);
    expect((await fetch(url)).status).toBe(200);
    expect(clock.slept.at(-1)).toBeGreaterThanOrEqual(1000);
    expect(clock.slept.at(-1)).toBeLessThanOrEqual(3000);
  });

  test("case 13: is waited for before the same page is asked again, signed anew", async () => {
    const { fetch, sent, clock } = scene([refusal(429, "ResourceExhausted", { "retry-after": "2" }), ok]);
    expect((await fetch(`${url}?nextToken=p7`)).status).toBe(200);
    expect(clock.slept[0]).toBeGreaterThanOrEqual(2000);
    expect(sent[1]?.url).toBe(sent[0]?.url);
    expect(sent[1]?.headers.get("x-acs-signature-nonce")).not.toBe(sent[0]?.headers.get("x-acs-signature-nonce"));
    expect(sent[1]?.headers.get("x-acs-date")).not.toBe(sent[0]?.headers.get("x-acs-date"));
  });

  test("may be a date, and the gateway's own header counts milliseconds", async () => {
    const { clock, fetch } = scene([
      () => refusal(503, "X", { "retry-after": formatRfc1123(clock.now() + 5000) }),
      refusal(400, "Throttling", { "x-acs-retry-after": "2500" }),
      ok,
    ]);
    await fetch(url);
    expect(clock.slept).toEqual([5000, 2500]);
  });

  test("case 14: beyond a minute ends the call without a sleep, and the error tells when", async () => {
    for (const value of ["3600", formatRfc1123(fakeClock().now() + 3_600_000)]) {
      const { fetch, sent, clock } = scene([refusal(429, "ResourceExhausted", { "retry-after": value })]);
      const response = await fetch(url);
      expect(sent).toHaveLength(1);
      expect(clock.slept).toEqual([]);
      expect(apiErrorFrom(response, await response.json(), { nowMs: clock.now() })).toMatchObject({
        reason: "throttled",
        retryAtMs: clock.now() + 3_600_000,
      });
    }
  });

  test.each(["-5", "soon", "", "1e3", "Mon, 23 Nov 2020 08:56:27 GMT"])("case 14: %j is ignored", async (value) => {
    const { fetch, clock } = scene([refusal(429, "ResourceExhausted", { "retry-after": value }), ok]);
    expect((await fetch(url)).status).toBe(200);
    expect(clock.slept).toEqual([500]);
  });

  test("of exactly a minute is still waited for", async () => {
    const { fetch, clock } = scene([refusal(429, "ResourceExhausted", { "retry-after": "60" }), ok]);
    await fetch(url);
    expect(clock.slept).toEqual([60_000]);
  });
});

/** A service whose clock is ahead by `aheadMs` and refuses dates more than 15 minutes off. */
function skewed(aheadMs: number, headers: Record<string, string> = {}): Scene {
  const made: Scene = scene([
    (sent) => {
      const serviceMs = made.clock.now() + aheadMs;
      const date = { date: formatRfc1123(serviceMs), ...headers };
      const sentMs = Date.parse(sent.headers.get("x-acs-date") ?? "");
      if (Math.abs(serviceMs - sentMs) <= 900_000) return json(200, {}, date);
      return refusal(400, "InvalidTimeStamp.Expired", date);
    },
  ]);
  return made;
}

describe("the clock", () => {
  test("case 16: one rejection teaches the offset, and the call succeeds; later calls begin with it", async () => {
    const { fetch, sent, events, observe } = skewed(-1_200_000);
    const walk = fetch.startWalk({ observe });
    expect((await walk(url)).status).toBe(200);
    expect(sent).toHaveLength(2);
    expect(fetch.clockSkewMs).toBe(-1_200_000);
    expect(events).toContainEqual({ type: "clock_skew", skewMs: -1_200_000 });
    expect((await walk(url)).status).toBe(200);
    expect((await fetch(url)).status).toBe(200);
    expect(sent).toHaveLength(4);
  });

  test("case 16: is corrected at most once per walk, and once more in the next", async () => {
    const made: Scene = scene([
      () => refusal(400, "InvalidTimeStamp.Expired", { date: formatRfc1123(made.clock.now() + 1_200_000) }),
    ]);
    const walk = made.fetch.startWalk({});
    expect((await walk(url)).status).toBe(400);
    expect(made.sent).toHaveLength(2);
    expect((await walk(url)).status).toBe(400);
    expect(made.sent).toHaveLength(3);
    expect((await made.fetch.startWalk({})(url)).status).toBe(400);
    expect(made.sent).toHaveLength(5);
  });

  test.each([
    ["case 17: a cached answer", skewed(1_200_000, { age: "900" })],
    ["a difference of more than a day", skewed(25 * 3_600_000)],
    ["a difference of more than a day behind", skewed(-25 * 3_600_000)],
  ])("is not learned from %s", async (_why, made) => {
    expect((await made.fetch(url)).status).toBe(400);
    expect(made.sent).toHaveLength(1);
    expect(made.fetch.clockSkewMs).toBe(0);
  });

  test("is learned over plain http on loopback, where an emulator lives", async () => {
    const { fetch } = skewed(1_200_000);
    expect((await fetch("http://1.cn-hangzhou.localhost:10407/2021-04-06/x")).status).toBe(200);
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

describe("credentials", () => {
  test.each([
    ["access key id", { accessKeyId: "LTAI\nCanary" }],
    ["access key id", { accessKeyId: "" }],
    ["access key secret", { accessKeySecret: "" }],
    ["security token", { securityToken: "Canary\nabc" }],
    ["security token", { securityToken: "Canary Ü" }],
  ])("with a wrong %s are refused by its name alone, before anything is sent: %j", async (part, change) => {
    const { fetch, sent } = scene([ok], { credentials: () => ({ ...key, ...change }) });
    const error: unknown = await fetch(url).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FcCredentialsError);
    expect(String(error)).toContain(`The ${part} is empty or holds`);
    expect(inspect(error, { depth: 5 })).not.toContain("Canary");
    expect(sent).toEqual([]);
  });

  test("with an empty token are a plain pair", async () => {
    const { fetch, sent, verdicts } = scene([ok], { credentials: () => ({ ...key, securityToken: "" }) });
    await fetch(url);
    expect(sent[0]?.headers.has("x-acs-security-token")).toBe(false);
    expect(await verdicts()).toMatchObject([{ ok: true }]);
  });

  test("are asked for before each attempt", async () => {
    const credentials = vi.fn<() => Credentials>(() => key);
    const { fetch } = scene([refusal(500, "X"), ok], { credentials });
    await fetch(url);
    expect(credentials).toHaveBeenCalledTimes(2);
  });

  const fresh: Credentials = { ...key, accessKeyId: "STS.NUExampleKeyId0000", securityToken: "CAISExample" };

  test("refused for their key are asked for once more, and the page repeated with the new ones", async () => {
    let current: Credentials = key;
    const { fetch, sent } = scene(
      [
        () => {
          current = fresh;
          return refusal(403, "InvalidAccessKeyID");
        },
        ok,
      ],
      { credentials: () => current },
    );
    expect((await fetch(url)).status).toBe(200);
    expect(sent[1]?.headers.get("x-acs-security-token")).toBe("CAISExample");
  });

  test("that are still the same are not tried again", async () => {
    const { fetch, sent } = scene([refusal(403, "InvalidAccessKeyID")]);
    expect((await fetch(url)).status).toBe(403);
    expect(sent).toHaveLength(1);
  });

  test("that change on every call are refreshed once, not for ever", async () => {
    let count = 0;
    const { fetch, sent } = scene([refusal(403, "SignatureNotMatch")], {
      credentials: async () => ({ ...key, accessKeyId: `LTAI${count++}` }),
    });
    expect((await fetch(url)).status).toBe(403);
    expect(sent).toHaveLength(2);
  });

  test("case 20: a provider that fails is an error of its own, with reason auth, and nothing is sent", async () => {
    const { fetch, sent } = scene([ok], { credentials: () => Promise.reject(new Error("no role")) });
    const call = fetch(url);
    await expect(call).rejects.toThrow(FcCredentialsError);
    await expect(call).rejects.toMatchObject({
      reason: "auth",
      code: "FC_CREDENTIALS",
      message: expect.stringContaining("no role"),
    });
    expect(sent).toHaveLength(0);
  });

  test("never stand in an error", async () => {
    const token = "CAISExampleSecurityToken+/0000==";
    const secrets = { ...key, securityToken: token };
    for (const answer of [refusal(403, "SignatureNotMatch"), reset(), refusal(500, "X")]) {
      const { fetch } = scene([answer], { credentials: () => secrets });
      const outcome = await fetch(url).then(
        async (response) => apiErrorFrom(response, await response.text()),
        (error: unknown) => error,
      );
      const shown = `${String(outcome)} ${JSON.stringify(outcome)}`;
      expect(shown).not.toContain(key.accessKeySecret);
      expect(shown).not.toContain(token);
    }
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

describe("an abort", () => {
  const reason = { why: "enough" };

  test("that came before sends nothing", async () => {
    const { fetch, sent } = scene([ok]);
    await expect(fetch(url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(fetch.startWalk({ signal: AbortSignal.abort(reason) })(url)).rejects.toBe(reason);
    expect(sent).toHaveLength(0);
  });

  test("while sending ends the call with its reason, untouched and without a retry", async () => {
    const controller = new AbortController();
    const { fetch, sent } = scene([
      () => {
        controller.abort(reason);
        return new Promise(() => undefined);
      },
    ]);
    await expect(fetch(url, { signal: controller.signal })).rejects.toBe(reason);
    expect(sent).toHaveLength(1);
  });

  test("with an error of the family as its reason is still no failed attempt", async () => {
    const controller = new AbortController();
    const late = new FcTimeoutError("the walk took too long", { phase: "attempt", timeoutMs: 600_000 });
    const { fetch, events, observe } = scene([
      () => {
        controller.abort(late);
        return new Promise(() => undefined);
      },
    ]);
    await expect(fetch.startWalk({ observe, signal: controller.signal })(url)).rejects.toBe(late);
    expect(events).toEqual([]);
  });

  test("while waiting for a retry ends the call", async () => {
    const controller = new AbortController();
    const sleep = vi.fn<(ms: number, signal: AbortSignal | undefined) => Promise<void>>(async (_ms, signal) => {
      controller.abort(reason);
      signal?.throwIfAborted();
    });
    const { fetch, sent } = scene([refusal(500, "X")], { sleep });
    await expect(fetch.startWalk({ signal: controller.signal })(url)).rejects.toBe(reason);
    expect(sent).toHaveLength(1);
  });

  test("while the credentials are awaited ends the call", async () => {
    const controller = new AbortController();
    const { fetch } = scene([ok], {
      credentials: () => {
        controller.abort(reason);
        return new Promise(() => undefined);
      },
    });
    await expect(fetch(url, { signal: controller.signal })).rejects.toBe(reason);
  });

  test("by either the walk's or the request's signal counts", async () => {
    for (const which of ["walk", "request"]) {
      const controllers = { walk: new AbortController(), request: new AbortController() };
      const { fetch } = scene([
        () => {
          controllers[which === "walk" ? "walk" : "request"].abort(reason);
          return new Promise(() => undefined);
        },
      ]);
      const call = fetch.startWalk({ signal: controllers.walk.signal })(url, { signal: controllers.request.signal });
      await expect(call).rejects.toBe(reason);
    }
  });
});
