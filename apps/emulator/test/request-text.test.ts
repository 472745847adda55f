import {
  createEmulator,
  DEMO_ACCOUNT,
  demoAccounts,
  openApiContract,
  type Emulator,
  type RequestRecord,
} from "@fc-async/emulator";
import { signAcs3, signFc, webCryptoHash, type Credentials, type HeaderPair } from "@fc-async/protocol";
import { beforeEach, describe, expect, test } from "vitest";
import { isLogged, requestText } from "../src/command-line/request-text.ts";

const PATH_2021 = "/2021-04-06/stateful-async-invocation-functions";
const PATH_2016 = "/2016-08-15/stateful-async-invocation-functions";
const NOW_MS = Date.UTC(2026, 10, 23, 8, 56, 27);
const HOST = `${DEMO_ACCOUNT.accountId}.cn-hangzhou.localhost:10407`;
const STS_KEY = {
  accessKeyId: "STS.FakeDemoKeyTwo0002",
  accessKeySecret: "FakeDemoStsSecretTwo00000000002",
  securityToken: "FakeDemoSecurityTokenTwo+/0002==",
};

let emulator: Emulator;
beforeEach(() => {
  emulator = createEmulator({ accounts: demoAccounts(), now: () => NOW_MS, contract: openApiContract("fail") });
});

interface Mistaken {
  /** What is signed in place of what is sent. */
  readonly signedHost?: string;
  readonly signedQuery?: string;
  readonly host?: string;
  readonly query?: string;
  readonly key?: Credentials;
  readonly headers?: readonly HeaderPair[];
  readonly scheme?: "acs3" | "fc";
}

/** Sends a request that was signed otherwise than it is sent, and answers the text of the log. */
async function logged(mistaken: Mistaken): Promise<string> {
  const { host = HOST, query = "limit=3", key = DEMO_ACCOUNT, headers = [], scheme = "acs3" } = mistaken;
  const path = scheme === "acs3" ? PATH_2021 : PATH_2016;
  const { signedHost = host, signedQuery = query } = mistaken;
  const request = { method: "GET", host: signedHost, path, query: signedQuery, headers };
  const moment = { credentials: key, hash: webCryptoHash, dateMs: NOW_MS };
  const signed =
    scheme === "acs3"
      ? await signAcs3(request, {
          ...moment,
          nonce: "nonce-1",
          action: "ListStatefulAsyncInvocationFunctions",
          version: "2021-04-06",
        })
      : await signFc(request, moment);
  const sent = new Map(signed.map(([name, value]) => [name.toLowerCase(), value]));
  sent.set("host", host);
  await emulator.answer({ method: "GET", target: `${path}?${query}`, headers: sent });
  return emulator.requests.map(requestText).join("\n");
}

describe("a signature that does not fit", () => {
  test("is explained line by line, with a mark where the mistake shows", async () => {
    await expect(await logged({ signedHost: HOST.replace(":10407", "") })).toMatchFileSnapshot("golden/log-host.txt");
  });

  test("is explained without a mark when no usual mistake yields it, and never with a token or a secret", async () => {
    const text = await logged({
      key: { ...STS_KEY, accessKeySecret: "CanarySecret0000" },
      host: "1000000000000002.cn-hangzhou.localhost:10407",
    });
    await expect(text).toMatchFileSnapshot("golden/log-secret.txt");
    expect(text).not.toMatch(/Canary|FakeDemoStsSecret|FakeDemoSecurityToken/);
  });

  test("of the FC scheme is explained by its string to sign", async () => {
    await expect(
      await logged({
        scheme: "fc",
        signedQuery: "",
        headers: [["x-fc-canary", "1"]],
        key: { ...DEMO_ACCOUNT, accessKeySecret: ` ${DEMO_ACCOUNT.accessKeySecret}` },
      }),
    ).toMatchFileSnapshot("golden/log-fc.txt");
  });

  test("is explained in plain sight, whatever the client sent", async () => {
    const text = await logged({
      key: { ...DEMO_ACCOUNT, accessKeySecret: "CanarySecret0000" },
      headers: [["x-acs-note", "turn \u202E back, \u001B[31mred\u001B[0m, bell \u0007"]],
    });
    // eslint-disable-next-line no-control-regex -- that none is left is the point
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/u);
    expect(text).toContain(String.raw`x-acs-note:turn \u202e back, \u001b[31mred`);
  });
});

/** A record with nothing in it that is worth a line. */
const RECORD: RequestRecord = {
  atMs: 0,
  method: "GET",
  target: "/",
  host: "h",
  account: undefined,
  region: "cn-hangzhou",
  scheme: undefined,
  accessKeyId: undefined,
  nonce: undefined,
  dateMs: undefined,
  verdict: undefined,
  detail: undefined,
  diagnosis: undefined,
  unread: [],
  page: undefined,
  fault: undefined,
  status: 200,
  violations: [],
  code: undefined,
  requestId: "r",
};

describe("a line of the log", () => {
  test("is one, whatever stands in the request", () => {
    const line = requestText({
      ...RECORD,
      target: "/a\nb",
      accessKeyId: 'key" status=200',
      detail: "two\nlines\u001B[31m \u202E",
      status: 400,
    });
    // eslint-disable-next-line no-control-regex -- that none is left is the point
    expect(line).not.toMatch(/[\u0000-\u001F\u202E]/u);
    expect(line).toContain('target="/a\\nb" status=400');
    expect(line).toContain('key="key\\" status=200"');
  });

  test("names parameters that nothing reads, and what is off the contract", () => {
    const line = requestText({
      ...RECORD,
      unread: ["Limit", "foo bar"],
      violations: ["data is no list", "Date is absent"],
    });
    expect(line).toContain('unread="Limit,foo bar" violations="data is no list; Date is absent"');
  });

  test.each([
    ["silent", { status: 500 }, false],
    ["info", {}, false],
    ["info", { status: 400 }, true],
    ["info", { status: undefined }, true],
    ["info", { fault: "delay" }, true],
    ["info", { violations: ["x"] }, true],
    ["debug", {}, true],
  ] as const)("at level %s is there for %j: %s", (level, change, isThere) => {
    expect(isLogged({ ...RECORD, ...change }, level)).toBe(isThere);
  });
});
