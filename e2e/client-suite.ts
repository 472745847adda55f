/**
 * One suite of what a client of ours sees of an emulator, to be run over every way there is between the two. What a way cannot
 * show is skipped test by test, with the reason.
 */
import { createServer } from "node:http";
import { once } from "node:events";
import { createFcClient, type AsyncFunction, type FcClient, type FcClientOptions } from "@fc-async/core";
import {
  allRows,
  createEmulator,
  DEMO_ACCOUNT,
  demoAccounts,
  openApiContract,
  type AccessKey,
  type Account,
  type Emulator,
  type EmulatorOptions,
  type FaultAction,
  type FaultRule,
} from "@fc-async/emulator";
import { nodeHash } from "@fc-async/protocol/node";
import { describe, expect, onTestFinished, test, type TestContext } from "vitest";

/** An emulator within a client's reach. */
export interface Reach {
  /** A template, as the client takes it. */
  readonly endpoint: string;
  readonly fetch: NonNullable<FcClientOptions["fetch"]>;
}

/** A way between client and emulator. */
export interface Transport {
  readonly name: string;
  /** Why there are no connections to look at; `undefined` where there are. */
  readonly withoutSockets?: string;
  /** Opens the way until the running test ends. `phaseMs` bounds each phase of an exchange, where there are phases. */
  readonly reach: (emulator: Emulator, phaseMs: number) => Promise<Reach>;
}

/** Every region the suite asks in. */
export const SUITE_REGIONS: readonly string[] = ["cn-hangzhou", "cn-shanghai", "ap-southeast-1", "eu-central-1"];

const { accountId: ACCOUNT_ID, region: REGION } = DEMO_ACCOUNT;
const KEY: AccessKey = { accessKeyId: DEMO_ACCOUNT.accessKeyId, accessKeySecret: DEMO_ACCOUNT.accessKeySecret };
/** Long enough for a loaded machine, where nothing is to time out. */
const PATIENT_MS = 15_000;
const BRIEF_MS = 250;
const LIMIT = 10;
const RETRIED_ATTEMPTS = 4;

interface Scene {
  readonly emulator: Emulator;
  readonly client: FcClient;
  /** Every wait before a retry, in milliseconds; nobody really waits. */
  readonly slept: readonly number[];
  /** The whole list, ten rows at a time. */
  readonly walk: () => Promise<AsyncFunction[]>;
}

interface SceneOptions {
  readonly faults?: readonly FaultRule[];
  readonly emulator?: Partial<EmulatorOptions>;
  readonly client?: Partial<FcClientOptions>;
  readonly phaseMs?: number;
}

const always = (action: FaultAction): readonly FaultRule[] => [{ match: {}, times: "forever", action }];

/** The accounts of the demo, the first one with other keys. */
function withKeys(...accessKeys: readonly AccessKey[]): readonly Account[] {
  const [first, ...others] = demoAccounts();
  return first === undefined ? [] : [{ ...first, accessKeys }, ...others];
}

function rowsOf(accountId: string, region: string): readonly AsyncFunction[] {
  return demoAccounts().find((account) => account.accountId === accountId)?.regions[region] ?? [];
}

/** Rows as texts in one order, so that a row too much, too little or twice is seen. */
function names(rows: Iterable<AsyncFunction>): readonly string[] {
  return Array.from(rows, ({ serviceName, functionName, qualifier }) =>
    JSON.stringify([serviceName, functionName, qualifier]),
  ).toSorted();
}

/** Reads page by page; behind the second one time goes by. */
async function walkWhile({ client, emulator }: Scene, passMs: number): Promise<AsyncFunction[]> {
  const rows: AsyncFunction[] = [];
  let pages = 0;
  for await (const page of client.listPages({ limit: LIMIT })) {
    rows.push(...page.rows);
    pages += 1;
    if (pages === 2) emulator.clock.advance(passMs);
  }
  return rows;
}

/** Defines the tests of one transport. */
export function describeClient({ name, reach, withoutSockets }: Transport): void {
  async function scene(options: SceneOptions = {}): Promise<Scene> {
    const { faults, phaseMs = PATIENT_MS } = options;
    const emulator = createEmulator({
      accounts: demoAccounts(),
      hash: nodeHash,
      contract: openApiContract("fail"),
      faults,
      ...options.emulator,
    });
    const { endpoint, fetch } = await reach(emulator, phaseMs);
    const slept: number[] = [];
    const client = createFcClient({
      accountId: ACCOUNT_ID,
      region: REGION,
      credentials: KEY,
      endpoint,
      fetch,
      hash: nodeHash,
      attemptTimeoutMs: phaseMs * 2,
      random: () => 1,
      sleep: async (ms, signal) => {
        signal?.throwIfAborted();
        slept.push(ms);
      },
      ...options.client,
    });
    return { emulator, client, slept, walk: () => Array.fromAsync(client.listFunctions({ limit: LIMIT })) };
  }

  /** For what only a connection shows. */
  function needsSockets(context: TestContext, what: string): void {
    if (withoutSockets !== undefined) context.skip(`${what} ${withoutSockets}`);
  }

  describe(`a client ${name}`, () => {
    const lists = demoAccounts().flatMap(({ accountId, accessKeys, regions }) =>
      accessKeys.flatMap((key) =>
        Object.keys(regions).map((region) => ({ accountId, region, key, keyId: key.accessKeyId })),
      ),
    );

    test.each(lists)("reads all of $accountId in $region with $keyId, hostile names as they are", async (list) => {
      const { accountId, region, key } = list;
      const { emulator, walk } = await scene({ client: { accountId, region, credentials: key } });
      expect(names(await walk())).toEqual(names(rowsOf(accountId, region)));
      const pages = Math.max(1, Math.ceil(rowsOf(accountId, region).length / LIMIT));
      expect(emulator.requests.map(({ status, verdict }) => ({ status, verdict }))).toEqual(
        Array.from({ length: pages }, () => ({ status: 200, verdict: "ok" })),
      );
    });

    test("reads an account without functions as an empty list, case 7", async () => {
      const accountId = "1000000000000003";
      const key = demoAccounts().find((account) => account.accountId === accountId)?.accessKeys[0] ?? KEY;
      const { walk } = await scene({ client: { accountId, credentials: key } });
      expect(await walk()).toEqual([]);
    });

    test.each(["plain", "hostile"] as const)("reads 2,300 generated rows with %s names, each once", async (kind) => {
      const rule = { generate: { services: 23, functions: 50, qualifiers: 2, names: kind, seed: 7 } };
      const accounts = [{ accountId: ACCOUNT_ID, accessKeys: [KEY], regions: { [REGION]: rule } }];
      const { client, emulator } = await scene({ emulator: { accounts } });
      const rows = await Array.fromAsync(client.listFunctions());
      expect(rows).toHaveLength(2300);
      expect(names(rows)).toEqual(names(allRows(rule)));
      expect(emulator.requests).toHaveLength(23);
    });

    test("repeats a page that failed, signed anew, case 2, and waits as long as it is told, case 13", async () => {
      const { emulator, walk, slept } = await scene({
        faults: [
          { match: { page: 2 }, times: 2, action: { type: "status", status: 500 } },
          { match: { page: 3 }, times: 1, action: { type: "status", status: 429, headers: { "Retry-After": "2" } } },
        ],
      });
      expect(names(await walk())).toEqual(names(rowsOf(ACCOUNT_ID, REGION)));
      expect(emulator.requests.map(({ page, status }) => [page, status])).toEqual([
        [1, 200],
        [2, 500],
        [2, 500],
        [2, 200],
        [3, 429],
        [3, 200],
        [4, 200],
        [5, 200],
      ]);
      expect(slept).toEqual([100, 200, 2000]);
      expect(new Set(emulator.requests.map(({ nonce }) => nonce)).size).toBe(8);
    });

    test("fails as a whole when a page fails for good, and asks for no page behind it, case 1", async () => {
      const { emulator, walk } = await scene({
        faults: [{ match: { page: 3 }, times: "forever", action: { type: "status", status: 503 } }],
      });
      await expect(walk()).rejects.toMatchObject({ code: "FC_API", reason: "server", status: 503 });
      expect(emulator.requests.map(({ page }) => page)).toEqual([1, 2, 3, 3, 3, 3]);
    });

    test("is not turned in a circle by tokens, case 4", async () => {
      const { emulator, walk } = await scene({ emulator: { pagination: "cycle:3" } });
      await expect(walk()).rejects.toMatchObject({ code: "FC_PAGINATION", cycleLength: 3 });
      expect(emulator.requests.length).toBeLessThanOrEqual(4);
    });

    test.each(["two-quote-token", "null-data", "empty-page", "short-pages", "offset"] as const)(
      "reads everything from a server whose pages are cut %s",
      async (pagination) => {
        const { walk } = await scene({ emulator: { pagination } });
        expect(names(await walk())).toEqual(names(rowsOf(ACCOUNT_ID, REGION)));
      },
    );

    test("refuses a page that is larger than asked for, case 9", async () => {
      const { walk } = await scene({ emulator: { pagination: "over-limit-page" } });
      await expect(walk()).rejects.toMatchObject({ code: "FC_RESPONSE", reason: "invalid_response" });
    });

    test("is refused with a wrong secret, at once", async () => {
      const { emulator, walk } = await scene({
        client: { credentials: { ...KEY, accessKeySecret: "ExampleSecret0000000000000000" } },
      });
      await expect(walk()).rejects.toMatchObject({ code: "FC_API", reason: "auth", serverCode: "SignatureNotMatch" });
      expect(emulator.requests.map(({ verdict }) => verdict)).toEqual(["signature_mismatch"]);
    });

    test("is told by RAM which action it may not, at once, case 21", async () => {
      const policy = { Version: "1", Statement: [{ Effect: "Allow", Action: "fc:Get*", Resource: "*" }] } as const;
      const { emulator, walk } = await scene({ emulator: { accounts: withKeys({ ...KEY, policy }) } });
      await expect(walk()).rejects.toMatchObject({
        code: "FC_API",
        reason: "denied",
        message: expect.stringContaining("fc:ListStatefulAsyncInvocationFunctions"),
      });
      expect(emulator.requests).toHaveLength(1);
    });
  });

  describe(`time, ${name}`, () => {
    const OLD = { accessKeyId: "STS.FakeOld", accessKeySecret: "FakeOldSecret", securityToken: "FakeOldToken" };
    const NEW = { accessKeyId: "STS.FakeNew", accessKeySecret: "FakeNewSecret", securityToken: "FakeNewToken" };
    const VALID_FOR_MS = 60_000;
    const expiring = withKeys({ ...OLD, validForMs: VALID_FOR_MS }, NEW);

    test("a key that expires within a walk is replaced by a provider that looks at the time, case 20", async () => {
      let now = Date.now;
      const startedAtMs = Date.now();
      const opened = await scene({
        emulator: { accounts: expiring },
        client: { now: () => now(), credentials: () => (now() < startedAtMs + VALID_FOR_MS ? OLD : NEW) },
      });
      now = () => opened.emulator.clock.nowMs;
      expect(names(await walkWhile(opened, 2 * VALID_FOR_MS))).toEqual(names(rowsOf(ACCOUNT_ID, REGION)));
      expect(opened.emulator.requests.map(({ accessKeyId, status }) => [accessKeyId, status])).toEqual([
        [OLD.accessKeyId, 200],
        [OLD.accessKeyId, 200],
        [NEW.accessKeyId, 200],
        [NEW.accessKeyId, 200],
        [NEW.accessKeyId, 200],
      ]);
    });

    test("a key that expires within a walk and is not replaced ends it, at once, case 20", async () => {
      const opened = await scene({ emulator: { accounts: expiring }, client: { credentials: OLD } });
      await expect(walkWhile(opened, 2 * VALID_FOR_MS)).rejects.toMatchObject({
        code: "FC_API",
        reason: "auth",
        serverCode: "InvalidSecurityToken.Expired",
      });
      expect(opened.emulator.requests).toHaveLength(3);
    });

    test("a token that expires within a walk ends it as a list that cannot be completed, case 12", async () => {
      const opened = await scene({ emulator: { tokenTtlMs: 30_000 } });
      await expect(walkWhile(opened, 60_000)).rejects.toMatchObject({
        code: "FC_PAGINATION",
        reason: "pagination",
        problem: "refused_token",
        message: expect.stringContaining("nextToken has expired"),
      });
      expect(opened.emulator.requests).toHaveLength(3);
    });

    test.each([20, -20])(
      "a clock that is %i minutes apart is learned from the first refusal, case 16",
      async (minutes) => {
        const skewMs = minutes * 60_000;
        const { emulator, client, walk } = await scene({ emulator: { skewMs } });
        expect(names(await walk())).toEqual(names(rowsOf(ACCOUNT_ID, REGION)));
        expect(emulator.requests.map(({ status }) => status === 200)).toEqual([false, true, true, true, true, true]);
        expect(Math.abs(client.clockSkewMs - skewMs)).toBeLessThan(30_000);
      },
    );

    test("an answer out of a cache teaches no clock, case 17", async () => {
      const { client, walk } = await scene({ faults: always({ type: "stale", ageMs: 900_000 }) });
      expect(await walk()).toHaveLength(50);
      expect(client.clockSkewMs).toBe(0);
    });

    test("silence ends by the time-out, case 26", async () => {
      const { emulator, walk } = await scene({ faults: always({ type: "silence" }), phaseMs: BRIEF_MS });
      const phase = withoutSockets === undefined ? "headers" : "attempt";
      await expect(walk()).rejects.toMatchObject({ code: "FC_TIMEOUT", phase });
      expect(emulator.requests).toHaveLength(RETRIED_ATTEMPTS);
    });

    test("a drip ends by the time-out of the body, case 26", async () => {
      const drip = { type: "drip", bytes: 1, everyMs: 20 } as const;
      const { walk } = await scene({ faults: always(drip), phaseMs: BRIEF_MS });
      const phase = withoutSockets === undefined ? "body" : "attempt";
      await expect(walk()).rejects.toMatchObject({ code: "FC_TIMEOUT", phase });
    });

    test("a drip that is quick enough is an answer", async () => {
      const { walk } = await scene({ faults: always({ type: "drip", bytes: 512, everyMs: 1 }) });
      expect(await walk()).toHaveLength(50);
    });
  });

  describe(`what is no answer, ${name}`, () => {
    test.each<[string, FaultAction]>([
      ["a reset before the head", { type: "reset" }],
      ["a reset behind 100 bytes", { type: "reset", afterBytes: 100 }],
      ["a close before the head", { type: "close" }],
      ["a body shorter than its length", { type: "close", afterBytes: 10 }],
      ["chunks without the last", { type: "close", afterBytes: 10, framing: "chunked" }],
      ["a chunk size that is no number", { type: "broken-framing", how: "bad-chunk-size" }],
      ["two lengths", { type: "broken-framing", how: "two-lengths" }],
      ["a length beside chunks", { type: "broken-framing", how: "length-and-chunks" }],
    ])("%s is tried again, and then a failure of the network, case 22", async (_what, action) => {
      const { emulator, walk } = await scene({ faults: [{ match: { page: 2 }, times: RETRIED_ATTEMPTS, action }] });
      await expect(walk()).rejects.toMatchObject({ code: "FC_NETWORK", reason: "network", retryable: true });
      expect(emulator.requests.map(({ page }) => page)).toEqual([1, 2, 2, 2, 2]);
      expect(await walk()).toHaveLength(50);
    });

    test("a body that ends with the connection, without a length, is told by its JSON alone", async () => {
      const { walk } = await scene({ faults: always({ type: "close", afterBytes: 100, framing: "none" }) });
      await expect(walk()).rejects.toMatchObject({ code: "FC_RESPONSE", reason: "invalid_response" });
    });

    test.each<[string, FaultAction, object]>([
      ["gzip cut in half, case 23", { type: "body", gzip: "cut" }, { reason: "invalid_response" }],
      ["a gzip bomb of 200 MB, case 24", { type: "gzip-bomb", bytes: 200 * 1024 ** 2 }, { reason: "limit" }],
      ["an HTML page with 200, case 25", { type: "junk", kind: "html" }, { reason: "invalid_response" }],
      ["an HTML page with 502, case 25", { type: "junk", kind: "html", status: 502 }, { reason: "server" }],
      ["a byte that is no UTF-8", { type: "junk", kind: "invalid-utf8" }, { reason: "invalid_response" }],
      ["JSON without its end", { type: "junk", kind: "invalid-json" }, { reason: "invalid_response" }],
      ["a page that says everything twice", { type: "junk", kind: "duplicate-keys" }, { reason: "invalid_response" }],
      ["100,000 arrays within each other", { type: "junk", kind: "deep-nesting" }, { reason: "invalid_response" }],
    ])("%s is never taken for a page", async (_what, action, error) => {
      const { walk } = await scene({ faults: [{ match: { page: 2 }, times: "forever", action }] });
      await expect(walk()).rejects.toMatchObject(error);
    });

    test.each(["wrong-content-type", "bom"] as const)("a whole page is read all the same: %s", async (kind) => {
      const { walk } = await scene({ faults: always({ type: "junk", kind }) });
      expect(names(await walk())).toEqual(names(rowsOf(ACCOUNT_ID, REGION)));
    });

    test("gzip that is whole is an answer", async () => {
      const { walk } = await scene({ faults: always({ type: "body", gzip: "whole" }) });
      expect(await walk()).toHaveLength(50);
    });

    test.each([301, 302, 303, 307, 308] as const)("a redirect by %i is refused, at once, case 27", async (status) => {
      const location = "http://elsewhere.example/";
      const { emulator, walk } = await scene({ faults: always({ type: "redirect", location, status }) });
      await expect(walk()).rejects.toMatchObject({ code: "FC_RESPONSE", reason: "invalid_response" });
      expect(emulator.requests).toHaveLength(1);
    });

    test("a redirect never takes the signature to another origin, case 27", async (context) => {
      needsSockets(context, "that nothing arrives elsewhere:");
      const arrived: unknown[] = [];
      const elsewhere = createServer((request, response) => {
        arrived.push(request.headers);
        response.end("{}");
      }).listen(0, "127.0.0.1");
      await once(elsewhere, "listening");
      onTestFinished(() => void elsewhere.close());
      const address = elsewhere.address();
      const location = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
      const { walk } = await scene({ faults: always({ type: "redirect", location }) });
      await expect(walk()).rejects.toMatchObject({ code: "FC_RESPONSE" });
      expect(arrived).toEqual([]);
    });

    test("a gzip bomb costs no more memory than its cap, case 24", async (context) => {
      needsSockets(context, "the memory of the client alone:");
      const { walk } = await scene({ faults: always({ type: "gzip-bomb", bytes: 200 * 1024 ** 2 }) });
      await expect(walk()).rejects.toMatchObject({ reason: "limit" });
      const before = process.memoryUsage().rss;
      await expect(walk()).rejects.toMatchObject({ reason: "limit", limit: "maxBodyBytes" });
      expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 ** 2);
    });
  });
}
