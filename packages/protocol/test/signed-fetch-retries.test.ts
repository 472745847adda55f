import { apiErrorFrom, createRateLimiter, FcNetworkError, FcTimeoutError, formatRfc1123 } from "@fc-async/protocol";
import { describe, expect, test, vi } from "vitest";
import { fakeClock } from "./fake-clock.ts";
import { url, scene, ok, refusal, silence, reset, type Answer } from "./signed-fetch-scene.ts";

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
