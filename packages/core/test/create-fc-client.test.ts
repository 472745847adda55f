import { createFcClient, type AsyncFunction, type FcClient } from "@fc-async/core";
import { createRateLimiter, type Credentials } from "@fc-async/protocol";
import { verifyRequest } from "@fc-async/protocol/verify";
import { describe, expect, expectTypeOf, test } from "vitest";
import { ACCOUNT_ID, failed, KEY, list, paged, pagesOf, rows, scene } from "./scene.ts";

describe("a client", () => {
  test("goes to the host of its account and region", async () => {
    const { client, sent } = scene(list(1));
    await pagesOf(client);
    expect(client.endpoint).toBe("https://1234567890123456.cn-hangzhou.fc.aliyuncs.com");
    expect(sent[0]?.url.origin).toBe(client.endpoint);
    expect(sent[0]?.url.pathname).toBe("/2021-04-06/stateful-async-invocation-functions");
  });

  test("goes to an endpoint of one's own, made from a template", async () => {
    const { client, sent } = scene(list(1), { endpoint: "http://{account_id}.{region}.localhost:10407" });
    await pagesOf(client);
    expect(sent[0]?.url.origin).toBe("http://1234567890123456.cn-hangzhou.localhost:10407");
  });

  test("always sends the account id, and a date from its own clock", async () => {
    const { client, sent } = scene(list(2));
    await pagesOf(client);
    expect(sent.map(({ headers }) => headers.get("x-fc-account-id"))).toEqual([ACCOUNT_ID, ACCOUNT_ID]);
    expect(sent[0]?.headers.get("x-fc-date")).toBe("Mon, 23 Nov 2026 08:56:27 GMT");
    expect(sent[0]?.headers.has("x-fc-trace-id")).toBe(false);
  });

  test.each([
    ["2021-04-06", /^ACS3-HMAC-SHA256 /],
    ["2016-08-15", /^FC /],
  ] as const)("signs version %s in its own scheme, and a verifier agrees", async (api, scheme) => {
    const { client, sent } = scene(list(2), { api });
    await pagesOf(client);
    const [, second] = sent;
    expect(second?.url.pathname).toBe(`/${api}/stateful-async-invocation-functions`);
    expect(second?.headers.get("authorization")).toMatch(scheme);
    const verdict = await verifyRequest(
      {
        method: "GET",
        target: `${second?.url.pathname}${second?.url.search}`,
        headers: new Map([...(second?.headers ?? []), ["host", second?.url.host ?? ""]]),
      },
      { findKey: () => KEY, nowMs: Date.UTC(2026, 10, 23, 8, 56, 27) },
    );
    expect(verdict).toMatchObject({ ok: true });
  });

  test("asks its provider before each attempt, so that keys may change in the middle of a list", async () => {
    const keys: Credentials[] = [KEY, { ...KEY, accessKeyId: "LTAI5tExampleKeyId0001" }];
    const { client, sent } = scene(list(2), { credentials: () => keys.shift() ?? KEY });
    await pagesOf(client);
    expect(sent.map(({ headers }) => /LTAI\w+/.exec(headers.get("authorization") ?? "")?.[0])).toEqual([
      "LTAI5tExampleKeyId0000",
      "LTAI5tExampleKeyId0001",
    ]);
  });

  test("learns the service's clock from a refusal, once in a walk", async () => {
    const { client, sent } = scene([
      () =>
        Response.json(
          { Code: "InvalidTimeStamp.Expired", Message: "old" },
          { status: 400, headers: { date: "Mon, 23 Nov 2026 08:36:27 GMT" } },
        ),
      paged(1),
    ]);
    await pagesOf(client);
    expect(client.clockSkewMs).toBe(-1_200_000);
    expect(sent[1]?.headers.get("x-acs-date")).toBe("2026-11-23T08:36:27Z");
  });

  test("ends when its signal does, with the signal's own reason", async () => {
    const controller = new AbortController();
    const { client, sent } = scene([paged(9)]);
    const reason = new Error("enough");
    const pages = client.listPages({ signal: controller.signal });
    await pages.next();
    controller.abort(reason);
    await expect(pages.next()).rejects.toBe(reason);
    expect(sent).toHaveLength(1);
  });

  test("keeps to the limiter of the walk, and tells before it waits", async () => {
    const waits: number[] = [];
    let nowMs = 0;
    const sleep = async (ms: number): Promise<void> => {
      nowMs += ms;
    };
    const limiter = createRateLimiter({ requestsPerSecond: 1, now: () => nowMs, sleep });
    const { client } = scene(list(3));
    await pagesOf(client, { limiter, beforeWait: (waitMs) => void waits.push(waitMs) });
    expect(waits).toEqual([1000, 1000]);
    expect(nowMs).toBe(2000);
  });
});

describe("a call that is wrong in itself", () => {
  test.each([0, 101, -1, 1.5, Number.NaN, Infinity])("is refused at once: limit %s", (limit) => {
    const { client, sent } = scene(list(1));
    expect(() => client.listPages({ limit })).toThrow(RangeError);
    expect(() => client.listFunctions({ limit })).toThrow(/from 1 to 100/);
    expect(sent).toEqual([]);
  });

  test.each([1, 100])("is not one with the limit %s", async (limit) => {
    const { client, sent } = scene([{ data: rows(1, 1) }]);
    await pagesOf(client, { limit });
    expect(sent[0]?.url.searchParams.get("limit")).toBe(String(limit));
  });

  test.each([
    { accountId: "prod" },
    { region: "CN Hangzhou" },
    { endpoint: "http://fc.example.com" },
    { endpoint: "https://169.254.169.254" },
  ])("is refused when the client is made: %j", (wrong) => {
    expect(() => createFcClient({ accountId: ACCOUNT_ID, region: "cn-hangzhou", credentials: KEY, ...wrong })).toThrow(
      TypeError,
    );
  });
});

describe("GET", () => {
  const path = "/2021-04-06/stateful-async-invocation-functions";

  test("is openapi-fetch's, signed: one page, typed by the contract", async () => {
    const { client, sent } = scene(list(2));
    const { data, response } = await client.GET(path, { params: { query: { limit: 5 } } });
    expect(data).toEqual({ data: rows(1), nextToken: "t2" });
    expect(response.headers.get("x-fc-request-id")).toBe("req-0");
    expect(sent[0]?.headers.get("authorization")).toMatch(/^ACS3-HMAC-SHA256 Credential=LTAI5tExampleKeyId0000/);
    expect(sent[0]?.headers.get("x-fc-account-id")).toBe(ACCOUNT_ID);
    expectTypeOf(data?.data?.[0]?.functionName).toEqualTypeOf<string | undefined>();
  });

  test("shares retries with the lists", async () => {
    const { client, sent } = scene([new Response("", { status: 503 }), paged(1)]);
    expect((await client.GET(path)).data).toEqual({ data: rows(1), nextToken: "" });
    expect(sent).toHaveLength(2);
  });

  test("answers a refusal instead of throwing it", async () => {
    const refusal = { Code: "InvalidArgument", Message: "bad limit" };
    const { client } = scene([() => Response.json(refusal, { status: 400 })]);
    expect(await client.GET(path)).toMatchObject({ error: refusal, response: { status: 400 } });
  });

  test("takes no parameter the contract does not have", () => {
    const { client } = scene(list(1));
    // @ts-expect-error -- the operation has no such parameter
    const call = (): unknown => client.GET(path, { params: { query: { pageSize: 5 } } });
    expect(call).toBeTypeOf("function");
  });
});

test("rows are read-only and whole", () => {
  expectTypeOf<
    Awaited<ReturnType<ReturnType<FcClient["listFunctions"]>["next"]>>["value"]
  >().toEqualTypeOf<AsyncFunction | void>();
  expectTypeOf<AsyncFunction>().toEqualTypeOf<{
    readonly serviceName: string;
    readonly functionName: string;
    readonly qualifier: string;
  }>();
});

test("a failing provider ends the list before anything is sent", async () => {
  const { client, sent } = scene(list(1), {
    credentials: () => {
      throw new Error("no profile");
    },
  });
  expect((await failed(client.listPages())).error).toMatchObject({ code: "FC_CREDENTIALS", reason: "auth" });
  expect(sent).toEqual([]);
});
