import { gunzipSync, gzipSync } from "node:zlib";
import {
  createEmulator,
  type Emulator,
  type FaultAction,
  type FaultMatch,
  type FaultRule,
  type FunctionRow,
  type JunkKind,
} from "@fc-async/emulator";
import { ERROR_CATALOGUE } from "@fc-async/protocol/error-catalogue";
import { describe, expect, test } from "vitest";
import { signedGet, signedOutcome, type SignedGet } from "./signed-get.ts";
import { ACCOUNT_ID, KEY, numberedRows, optionsWith, OTHER_ACCOUNT_ID, OTHER_KEY, REGION } from "./world.ts";

const rule = (action: FaultAction, match: FaultMatch = {}, times: FaultRule["times"] = "forever"): FaultRule => ({
  match,
  times,
  action,
});

const faulty = (faults: readonly FaultRule[], rows = 5): Emulator =>
  createEmulator(optionsWith(numberedRows(rows), { faults }));

async function answered(emulator: Emulator, limit = 2, nextToken?: unknown, more: SignedGet = {}) {
  const token: [string, string][] = typeof nextToken === "string" ? [["nextToken", nextToken]] : [];
  const { status, text, headers } = await signedGet(emulator, { query: [["limit", String(limit)], ...token], ...more });
  return {
    status,
    headers,
    text,
    get body() {
      return JSON.parse(text);
    },
  };
}

/** The tokens of a walk that goes on for so many pages, whatever they are. */
async function tokensOf(emulator: Emulator, pages: number, limit = 2): Promise<unknown[]> {
  const tokens: unknown[] = [];
  for (let page = 0; page < pages; page++) tokens.push((await answered(emulator, limit, tokens.at(-1))).body.nextToken);
  return tokens;
}

async function rightText(): Promise<string> {
  return (await signedGet(faulty([]))).text;
}

async function wireBytes(emulator: Emulator): Promise<Buffer> {
  const outcome = await signedOutcome(emulator);
  if (!(outcome instanceof Response)) throw new Error("no answer");
  return Buffer.from(await outcome.arrayBuffer());
}

/** The rows of a walk, page by page. */
async function rowsOf(emulator: Emulator, limit: number): Promise<readonly (readonly FunctionRow[])[]> {
  const pages: (readonly FunctionRow[])[] = [];
  let nextToken: unknown;
  do {
    const { body } = await answered(emulator, limit, nextToken);
    pages.push(body.data ?? []);
    ({ nextToken } = body);
  } while (nextToken !== "");
  return pages;
}

const status503 = { type: "status", status: 503 } as const;

describe("a rule", () => {
  test("hits so many times and is then spent", async () => {
    const emulator = faulty([rule(status503, {}, 2)]);
    const statuses = [
      (await answered(emulator)).status,
      (await answered(emulator)).status,
      (await answered(emulator)).status,
    ];
    expect(statuses).toEqual([503, 503, 200]);
    expect(emulator.faults.armed).toEqual([{ rule: rule(status503, {}, 2), matched: 2, hits: 2 }]);
  });

  test("hits for ever when it says so", async () => {
    const emulator = faulty([rule(status503)]);
    for (let turn = 0; turn < 20; turn++) expect((await answered(emulator)).status).toBe(503);
  });

  test("matches a page of a walk by its number", async () => {
    const emulator = faulty([rule(status503, { page: 2 })]);
    const { status, body } = await answered(emulator);
    expect(status).toBe(200);
    expect((await answered(emulator, 2, body.nextToken)).status).toBe(503);
    expect((await answered(emulator)).status).toBe(200);
  });

  test("matches an account and a region", async () => {
    const emulator = faulty([
      rule(status503, { account: OTHER_ACCOUNT_ID }),
      rule(status503, { region: "cn-shanghai" }),
    ]);
    expect((await answered(emulator)).status).toBe(200);
    expect(
      (await answered(emulator, 2, undefined, { host: `${OTHER_ACCOUNT_ID}.${REGION}.localhost`, key: OTHER_KEY }))
        .status,
    ).toBe(503);
    expect((await answered(emulator, 2, undefined, { host: `${ACCOUNT_ID}.cn-shanghai.localhost` })).status).toBe(503);
  });

  test("matches the account of the key where the host names none", async () => {
    const emulator = faulty([rule(status503, { account: ACCOUNT_ID, region: REGION })]);
    expect((await answered(emulator, 2, undefined, { host: "127.0.0.1:10407" })).status).toBe(503);
  });

  test("lets the first requests it matches pass when it says nth", async () => {
    const emulator = faulty([rule(status503, { nth: 3 }, 1)]);
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn++) statuses.push((await answered(emulator)).status);
    expect(statuses).toEqual([200, 200, 503, 200]);
  });

  test("matches headers, names without regard to case, values exactly", async () => {
    const emulator = faulty([rule(status503, { header: { "X-Fc-Trace-Id": "t-1" } })]);
    const traced = (id: string): SignedGet => ({ headers: [["x-fc-trace-id", id]] });
    expect((await answered(emulator, 2, undefined, traced("t-2"))).status).toBe(200);
    expect((await answered(emulator, 2, undefined, traced("T-1"))).status).toBe(200);
    expect((await answered(emulator, 2, undefined, traced("t-1"))).status).toBe(503);
    expect((await answered(emulator)).status).toBe(200);
  });

  test("hits a share of what it matches, the same ones for the same seed", async () => {
    const hits = async (seed: number): Promise<readonly number[]> => {
      const emulator = faulty([{ ...rule(status503), probability: 0.3, seed }]);
      const statuses: number[] = [];
      for (let turn = 0; turn < 100; turn++) statuses.push((await answered(emulator)).status);
      return statuses;
    };
    const first = await hits(7);
    expect(await hits(7)).toEqual(first);
    expect(await hits(8)).not.toEqual(first);
    const share = first.filter((status) => status === 503).length;
    expect(share).toBeGreaterThan(15);
    expect(share).toBeLessThan(45);
  });

  test("with a probability may still be limited, and starts its sequence over with reset", async () => {
    const emulator = faulty([{ ...rule(status503, {}, 2), probability: 0.5, seed: 3 }]);
    const walk = async (): Promise<readonly number[]> => {
      const statuses: number[] = [];
      for (let turn = 0; turn < 20; turn++) statuses.push((await answered(emulator)).status);
      return statuses;
    };
    const first = await walk();
    expect(first.filter((status) => status === 503)).toHaveLength(2);
    emulator.reset();
    expect(await walk()).toEqual(first);
  });

  test("gives way to one before it", async () => {
    const emulator = faulty([rule({ type: "status", status: 500 }, {}, 1), rule(status503)]);
    expect([(await answered(emulator)).status, (await answered(emulator)).status]).toEqual([500, 503]);
  });

  test("never hides a request that is wrong", async () => {
    const emulator = faulty([rule({ type: "silence" })]);
    const wrong = { ...KEY, accessKeySecret: "WrongSecret0000000000000000" };
    expect((await answered(emulator, 2, undefined, { key: wrong })).status).toBe(403);
    expect((await answered(emulator, 0)).status).toBe(400);
    expect(emulator.faults.armed[0]?.hits).toBe(0);
  });

  test("uses up the nonce, so that a retry that does not sign again is refused, case 18", async () => {
    const emulator = faulty([rule(status503, {}, 1)]);
    expect((await answered(emulator, 2, undefined, { nonce: "once" })).status).toBe(503);
    expect((await answered(emulator, 2, undefined, { nonce: "once" })).body.Code).toBe("SignatureNonceUsed");
  });

  test("can be armed later, behind those there are, and disarmed", async () => {
    const emulator = faulty([rule(status503, {}, 1)]);
    emulator.faults.arm([rule({ type: "status", status: 429 })]);
    expect([(await answered(emulator)).status, (await answered(emulator)).status]).toEqual([503, 429]);
    emulator.faults.disarm();
    expect((await answered(emulator)).status).toBe(200);
  });

  test("is named in the log", async () => {
    const emulator = faulty([rule(status503, {}, 1)]);
    await answered(emulator);
    await answered(emulator);
    expect(emulator.requests.map(({ fault, code }) => [fault, code])).toEqual([
      ["status", "ServiceUnavailable"],
      [undefined, undefined],
    ]);
  });
});

describe("status", () => {
  test.each([
    [400, "InvalidArgument"],
    [403, "AccessDenied"],
    [404, "FunctionNotFound"],
    [409, "ConcurrentUpdateError"],
    [412, "PreconditionFailed"],
    [429, "ResourceExhausted"],
    [499, "ClientClosedRequest"],
    [500, "InternalServerError"],
    [502, "InternalServerError"],
    [503, "ServiceUnavailable"],
  ])("%i has the code %s when the rule names none", async (status, code) => {
    const got = await answered(faulty([rule({ type: "status", status })]));
    expect({ status: got.status, code: got.body.Code }).toEqual({ status, code });
    expect(got.body.RequestId).toBe(got.headers.get("x-fc-request-id"));
    const known = ERROR_CATALOGUE.find((entry) => entry.code === code && entry.messagePattern === undefined);
    expect(known?.meaning).toBe(got.body.Message);
  });

  test("carries the code, message and headers of the rule, cases 13 and 15", async () => {
    const action = {
      type: "status",
      status: 400,
      code: "Throttling.User",
      message: "slow down",
      headers: { "Retry-After": "2" },
    } as const;
    const got = await answered(faulty([rule(action)]));
    expect(got.body).toMatchObject({ Code: "Throttling.User", Message: "slow down" });
    expect(got.headers.get("retry-after")).toBe("2");
  });

  test("has the error body of the scheme", async () => {
    const got = await answered(faulty([rule(status503)]), 2, undefined, { api: "2016-08-15" });
    expect(Object.keys(got.body)).toEqual(["ErrorCode", "ErrorMessage"]);
  });

  test("below 400 has no body, a redirect for instance, case 27", async () => {
    const action = { type: "status", status: 302, headers: { Location: "http://elsewhere.example/" } } as const;
    const got = await answered(faulty([rule(action)]));
    expect({ status: got.status, text: got.text, location: got.headers.get("location") }).toEqual({
      status: 302,
      text: "",
      location: "http://elsewhere.example/",
    });
  });
});

describe("delay", () => {
  test("waits with the injected clock, and lets the next rule follow", async () => {
    const slept: number[] = [];
    const faults = [rule({ type: "delay", ms: 250 }), rule({ type: "delay", ms: 50 }), rule(status503, {}, 1)];
    const sleep = (ms: number): Promise<void> => {
      slept.push(ms);
      return Promise.resolve();
    };
    const emulator = createEmulator(optionsWith(numberedRows(1), { faults, sleep }));
    expect([(await answered(emulator)).status, (await answered(emulator)).status]).toEqual([503, 200]);
    expect(slept).toEqual([300, 300]);
    expect(emulator.requests.map(({ fault }) => fault)).toEqual(["status", "delay"]);
  });

  test.each([
    { ms: { min: 100, max: 200 }, least: 100, most: 200, typical: 150 },
    { ms: { median: 100, sigma: 0.5 }, least: 0, most: 2000, typical: 100 },
    { ms: { median: 100, sigma: 0 }, least: 100, most: 100, typical: 100 },
  ])("may be drawn: $ms", async ({ ms, least, most, typical }) => {
    const drawn = async (): Promise<readonly number[]> => {
      const slept: number[] = [];
      const emulator = createEmulator(
        optionsWith(numberedRows(1), {
          faults: [{ ...rule({ type: "delay", ms }), seed: 11 }],
          sleep: (waitMs) => {
            slept.push(waitMs);
            return Promise.resolve();
          },
        }),
      );
      for (let turn = 0; turn < 200; turn++) await answered(emulator);
      return slept;
    };
    const slept = await drawn();
    expect(await drawn()).toEqual(slept);
    expect(Math.min(...slept)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...slept)).toBeLessThanOrEqual(most);
    const median = slept.toSorted((a, b) => a - b)[100] ?? 0;
    expect(Math.abs(median - typical)).toBeLessThan(20);
  });

  test("keeps requests in the order of their arrival in the log", async () => {
    const { promise: woken, resolve: wake } = Promise.withResolvers<undefined>();
    const sleep = (): Promise<undefined> => woken;
    const emulator = createEmulator(
      optionsWith(numberedRows(1), { faults: [rule({ type: "delay", ms: 1 }, {}, 1)], sleep }),
    );
    const slow = answered(emulator, 1, undefined, { nonce: "slow" });
    await expect.poll(() => emulator.faults.armed[0]?.hits).toBe(1);
    await answered(emulator, 1, undefined, { nonce: "fast" });
    wake(undefined);
    await slow;
    expect(emulator.requests.map(({ nonce, status }) => [nonce, status])).toEqual([
      ["slow", 200],
      ["fast", 200],
    ]);
  });
});

describe("body", () => {
  test.each(["<html><body>Bad Gateway</body></html>", '{"data":[', "", '{"data":[{"serviceName":5}],"nextToken":""}'])(
    "is sent as it is, cases 25 and 28: %j",
    async (body) => {
      const got = await answered(faulty([rule({ type: "body", body })]));
      expect({ status: got.status, text: got.text }).toEqual({ status: 200, text: body });
      expect(got.headers.get("content-length")).toBe(String(body.length));
    },
  );

  test("may have another status and type", async () => {
    const action = { type: "body", body: "<html>", status: 502, headers: { "content-type": "text/html" } } as const;
    const got = await answered(faulty([rule(action)]));
    expect({ status: got.status, type: got.headers.get("content-type") }).toEqual({ status: 502, type: "text/html" });
  });

  test("may be bytes that are no UTF-8, given as such or as base64", async () => {
    const bytes = Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22);
    const forms: readonly FaultAction[] = [
      { type: "body", bytes },
      { type: "body", base64: Buffer.from(bytes).toString("base64") },
    ];
    for (const action of forms) expect(await wireBytes(faulty([rule(action)]))).toEqual(Buffer.from(bytes));
  });

  test("without any of them is the right body, compressed whole", async () => {
    const emulator = faulty([rule({ type: "body", gzip: "whole" })]);
    expect(gunzipSync(await wireBytes(emulator)).toString()).toBe(
      (await rightText()).replace(/"nextToken":".*"/, '"nextToken":""'),
    );
  });

  test("may be gzip cut in half with a length that agrees, case 23", async () => {
    const emulator = faulty([rule({ type: "body", gzip: "cut" })]);
    const outcome = await signedOutcome(emulator);
    if (!(outcome instanceof Response)) throw new Error("no answer");
    const bytes = Buffer.from(await outcome.arrayBuffer());
    expect(outcome.headers.get("content-encoding")).toBe("gzip");
    expect(outcome.headers.get("content-length")).toBe(String(bytes.length));
    expect(bytes.length).toBe(Math.floor(gzipSync(await rightText()).length / 2));
    expect(() => gunzipSync(bytes)).toThrow("unexpected end of file");
  });
});

describe("junk", () => {
  const bytesOf = (kind: JunkKind): Promise<Buffer> => wireBytes(faulty([rule({ type: "junk", kind })]));
  const right = async (): Promise<Buffer> => wireBytes(faulty([]));

  test("html is a page for people, with 200 or another status, case 25", async () => {
    for (const status of [200, 502]) {
      const got = await answered(faulty([rule({ type: "junk", kind: "html", status })]));
      expect(got.status).toBe(status);
      expect(got.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(got.text).toMatch(/^<!DOCTYPE html>/);
    }
  });

  test("wrong-content-type leaves the body as it is", async () => {
    const got = await answered(faulty([rule({ type: "junk", kind: "wrong-content-type" })]));
    expect(got.headers.get("content-type")).toBe("text/html");
    expect(got.body.data).toEqual(numberedRows(2));
  });

  test("bom is the right body behind a byte order mark", async () => {
    expect(await bytesOf("bom")).toEqual(Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), await right()]));
  });

  test("invalid-utf8 is JSON but for one byte", async () => {
    const bytes = await bytesOf("invalid-utf8");
    expect(() => new TextDecoder("utf-8", { fatal: true }).decode(bytes)).toThrow(TypeError);
    expect(JSON.parse(bytes.toString())).toMatchObject({ data: numberedRows(5), note: "\uFFFD" });
  });

  test("invalid-json lacks its end", async () => {
    const text = (await bytesOf("invalid-json")).toString();
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(JSON.parse(`${text}}`)).toMatchObject({ data: numberedRows(5) });
  });

  test("duplicate-keys says two things about the rows, and the last is wrong", async () => {
    const text = (await bytesOf("duplicate-keys")).toString();
    expect(text.match(/"data":/g)).toHaveLength(2);
    expect(JSON.parse(text)).toEqual({ data: [], nextToken: "" });
  });

  test("deep-nesting is 100,000 arrays within each other", async () => {
    const text = (await bytesOf("deep-nesting")).toString();
    expect(text.match(/\[/g)).toHaveLength(100_000);
  });
});

describe("gzip-bomb", () => {
  test("is a right page that unpacks to so many bytes, case 24", async () => {
    const packed = await wireBytes(faulty([rule({ type: "gzip-bomb", bytes: 5_000_000 })]));
    const unpacked = gunzipSync(packed);
    expect(unpacked).toHaveLength(5_000_000);
    expect(JSON.parse(unpacked.toString())).toMatchObject({ data: null, nextToken: "" });
    expect(packed.length).toBeLessThan(unpacked.length / 500);
  });
});

describe("redirect", () => {
  test.each([undefined, 301, 307] as const)("%s sends elsewhere, case 27", async (status) => {
    const got = await answered(faulty([rule({ type: "redirect", location: "http://elsewhere.example/", status })]));
    expect({ status: got.status, location: got.headers.get("location"), text: got.text }).toEqual({
      status: status ?? 302,
      location: "http://elsewhere.example/",
      text: "",
    });
  });
});

describe("stale", () => {
  test("is the right answer with an old Date and its Age, case 17", async () => {
    const got = await answered(faulty([rule({ type: "stale", ageMs: 900_000 })]));
    expect(got.headers.get("date")).toBe("Mon, 23 Nov 2026 08:41:27 GMT");
    expect(got.headers.get("age")).toBe("900");
    expect(got.body.data).toEqual(numberedRows(2));
  });
});

describe("headers", () => {
  test("replace those of the right answer and add others, case 17", async () => {
    const headers = { date: "Mon, 23 Nov 2026 09:11:27 GMT", Age: "900" };
    const got = await answered(faulty([rule({ type: "headers", headers })]));
    expect(got.headers.get("date")).toBe("Mon, 23 Nov 2026 09:11:27 GMT");
    expect(got.headers.get("age")).toBe("900");
    expect(got.body.data).toEqual(numberedRows(2));
  });
});

describe("page", () => {
  test("of 0 rows announces another, and no row is lost, case 8", async () => {
    const pages = await rowsOf(faulty([rule({ type: "page", rows: 0 }, { page: 2 }, 1)]), 2);
    expect(pages.map(({ length }) => length)).toEqual([2, 0, 2, 1]);
    expect(pages.flat()).toEqual(numberedRows(5));
  });

  test("of 0 rows has a fresh token each time", async () => {
    const emulator = faulty([rule({ type: "page", rows: 0 })]);
    expect(new Set(await tokensOf(emulator, 51)).size).toBe(51);
  });

  test("may hold more rows than asked for, case 9", async () => {
    const pages = await rowsOf(faulty([rule({ type: "page", rows: 3 }, { page: 1 })]), 2);
    expect(pages.map(({ length }) => length)).toEqual([3, 2]);
  });

  test("may be short", async () => {
    const pages = await rowsOf(faulty([rule({ type: "page", rows: 1 })]), 2);
    expect(pages.map(({ length }) => length)).toEqual([1, 1, 1, 1, 1]);
  });

  test("may repeat more than a whole page and lose nothing, case 10", async () => {
    const pages = await rowsOf(faulty([rule({ type: "page", overlap: 3 }, { page: 3 })]), 2);
    expect(pages.map((page) => page.map(({ functionName }) => functionName))).toEqual([
      ["fn-000", "fn-001"],
      ["fn-002", "fn-003"],
      ["fn-001", "fn-002", "fn-003"],
      ["fn-004"],
    ]);
  });

  test("may repeat rows of the page before it, case 10", async () => {
    const pages = await rowsOf(faulty([rule({ type: "page", overlap: 1 }, { page: 2 })]), 2);
    expect(pages.map((page) => page.map(({ functionName }) => functionName))).toEqual([
      ["fn-000", "fn-001"],
      ["fn-001", "fn-002"],
      ["fn-003", "fn-004"],
    ]);
  });
});

describe("token", () => {
  test("repeat gives the request's own token again, case 3", async () => {
    const tokens = await tokensOf(faulty([rule({ type: "token", token: "repeat" }, { page: 2 })], 9), 2);
    expect(tokens[1]).toBe(tokens[0]);
  });

  test("repeat echoes for ever even when there is only one page, case 5", async () => {
    const tokens = await tokensOf(faulty([rule({ type: "token", token: "repeat" })], 1), 5);
    expect(tokens[0]).toMatch(/=$/);
    expect(new Set(tokens).size).toBe(1);
  });

  test.each([1, 2, 3, 5])("cycle of %i goes round, case 4", async (cycle) => {
    const tokens = await tokensOf(faulty([rule({ type: "token", token: { cycle } })], 4), 3 * cycle);
    expect(new Set(tokens).size).toBe(cycle);
    expect(tokens.slice(cycle)).toEqual(tokens.slice(0, -cycle));
  });

  test("cycle starts over with each walk, and keeps walks of two regions apart", async () => {
    const emulator = faulty([rule({ type: "token", token: { cycle: 2 } })]);
    const first = await tokensOf(emulator, 3);
    const elsewhere = await answered(emulator, 2, undefined, { host: `${ACCOUNT_ID}.cn-shanghai.localhost` });
    expect(first).not.toContain(elsewhere.body.nextToken);
    expect(await tokensOf(emulator, 3)).toEqual(first);
  });

  test("cycle is forgotten by reset, also for a walk that goes on", async () => {
    const emulator = faulty([rule({ type: "token", token: { cycle: 2 } })], 9);
    const tokens = await tokensOf(emulator, 3);
    emulator.reset();
    expect(tokens).not.toContain((await answered(emulator, 2, tokens[1])).body.nextToken);
  });

  test("absent spells the end of a last page that is exactly full", async () => {
    const emulator = faulty([rule({ type: "token", token: "absent" })], 2);
    expect(Object.keys((await answered(emulator)).body)).toEqual(["data"]);
  });

  test("beyond-end lets the last page announce an empty one", async () => {
    const emulator = faulty([rule({ type: "token", token: "beyond-end" }, {}, 1)], 2);
    const { body } = await answered(emulator);
    expect(body.data).toEqual(numberedRows(2));
    expect((await answered(emulator, 2, body.nextToken)).text).toBe('{"data":null,"nextToken":""}');
  });

  test.each([
    ["absent", '{"data":[]}'],
    ["null", '{"data":[],"nextToken":null}'],
    ["two-quotes", String.raw`{"data":[],"nextToken":"\"\""}`],
  ] as const)("%s spells the end of the list, and no other page, case 6", async (token, expected) => {
    const emulator = faulty([rule({ type: "token", token })], 3);
    const first = await answered(emulator);
    expect(first.body.nextToken).toMatch(/=$/);
    const last = await answered(emulator, 2, first.body.nextToken);
    expect(last.text.replace(/\[.*\]/, "[]")).toBe(expected);
    expect(emulator.faults.armed[0]?.hits).toBe(1);
  });
});

describe("a transport fault", () => {
  test.each([
    [{ type: "reset" }, { type: "reset", partial: undefined }],
    [{ type: "close" }, { type: "close", partial: undefined }],
    [{ type: "silence" }, { type: "silence" }],
  ] as const)("%j is handed out by handle", async (action, expected) => {
    const emulator = faulty([rule(action)]);
    expect(await signedOutcome(emulator)).toEqual(expected);
    expect(emulator.requests[0]).toMatchObject({ status: undefined, fault: action.type, page: 1 });
  });

  test.each(["length", "chunked", "none"] as const)("carries how a cut body is framed: %s", async (framing) => {
    const emulator = faulty([rule({ type: "close", afterBytes: 10, framing })]);
    expect(await signedOutcome(emulator)).toMatchObject({ type: "close", partial: { afterBytes: 10, framing } });
  });

  test("carries the answer whose framing it breaks", async () => {
    const emulator = faulty([rule({ type: "broken-framing", how: "two-lengths" })]);
    expect(await signedOutcome(emulator)).toMatchObject({
      type: "broken-framing",
      how: "two-lengths",
      answer: { status: 200 },
    });
    expect(emulator.requests[0]).toMatchObject({ fault: "broken-framing", status: 200 });
  });

  test("carries the answer it cuts, case 22", async () => {
    const emulator = faulty([rule({ type: "reset", afterBytes: 10 })]);
    expect(await signedOutcome(emulator)).toMatchObject({
      type: "reset",
      partial: { afterBytes: 10, answer: { status: 200 } },
    });
    expect(emulator.requests[0]?.status).toBe(200);
  });

  test("carries the answer it drips, case 26", async () => {
    const emulator = faulty([rule({ type: "drip", bytes: 64, everyMs: 20 })]);
    expect(await signedOutcome(emulator)).toMatchObject({
      type: "drip",
      bytes: 64,
      everyMs: 20,
      answer: { status: 200 },
    });
  });
});
