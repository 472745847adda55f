import {
  createEmulator,
  EmulatorInputError,
  formatPath,
  parseFaults,
  parseSeed,
  type FaultRule,
} from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { ACCOUNT_ID, KEY, numberedRows, optionsWith, STS_KEY } from "./world.ts";

/** The problems a parser finds, as `path: message` lines. */
function problems(parse: () => unknown): readonly string[] {
  try {
    parse();
  } catch (error) {
    if (error instanceof EmulatorInputError)
      return error.problems.map(({ path, message }) => `${formatPath(path)}: ${message}`);
    throw error;
  }
  return [];
}

describe("parseFaults", () => {
  test("answers what it read", () => {
    const rules = [
      {
        match: { account: "1", region: "cn-hangzhou", page: 2, nth: 3 },
        times: 4,
        action: { type: "status", status: 500, code: "X", message: "m", headers: { "Retry-After": "2" } },
      },
      { match: {}, times: "forever", action: { type: "token", token: { cycle: 3 } } },
      { match: {}, times: 1, action: { type: "body", base64: "AAEC", gzip: "cut" } },
      { match: { header: { "x-fc-trace-id": "t" } }, times: 1, action: { type: "junk", kind: "bom", status: 502 } },
      { match: {}, times: 1, probability: 0.5, seed: 7, action: { type: "delay", ms: { median: 20, sigma: 1 } } },
      { match: {}, times: 1, action: { type: "close", afterBytes: 5, framing: "none" } },
      { match: {}, times: 1, action: { type: "broken-framing", how: "two-lengths" } },
      { match: {}, times: 1, action: { type: "gzip-bomb", bytes: 1000 } },
      { match: {}, times: 1, action: { type: "redirect", location: "http://elsewhere.example/", status: 307 } },
      { match: {}, times: 1, action: { type: "stale", ageMs: 900_000 } },
      { match: {}, times: 1, action: { type: "page", rows: 0, emptyAs: "null" } },
    ];
    expect(parseFaults(rules)).toEqual(rules);
  });

  test("refuses a misspelt key and everything else that is wrong, all at once", async () => {
    const wrong = problems(() =>
      parseFaults([
        { match: { pgae: 3 }, times: 1, action: { type: "silence" } },
        { match: {}, times: 0, action: { type: "silence" } },
        { match: {}, times: "always", action: { type: "silence" } },
        { match: {}, action: { type: "status" } },
        { match: {}, times: 1, action: { type: "status", status: 42 } },
        { match: {}, times: 1, action: { type: "reste" } },
        { match: {}, times: 1, action: { type: "reset", afterBytes: -1 } },
        { match: {}, times: 1, action: { type: "token", token: "echo" } },
        { match: {}, times: 1, action: { type: "token", token: { cycle: 0 } } },
        { match: {}, times: 1, action: { type: "body", body: "a", base64: "AAEC" } },
        { match: {}, times: 1, action: { type: "headers", headers: { "bad name": "x", ok: "line\nbreak" } } },
        { times: 1, action: { type: "silence" }, comment: "why" },
        { match: { header: { "bad name": "x" } }, times: 1, action: { type: "silence" } },
        { match: {}, times: 1, probability: 1, seed: 1, action: { type: "silence" } },
        { match: {}, times: 1, probability: 0.5, action: { type: "silence" } },
        { match: {}, times: 1, action: { type: "delay", ms: { min: 1, max: 2 } } },
        { match: {}, times: 1, seed: 1, action: { type: "delay", ms: { min: 1, maximum: 2 } } },
        { match: {}, times: 1, action: { type: "delay", ms: "soon" } },
        { match: {}, times: 1, action: { type: "junk", kind: "xml" } },
        { match: {}, times: 1, action: { type: "redirect", location: "http://x/", status: 200 } },
        { match: {}, times: 1, action: { type: "redirect", location: "http://x/\nSet-Cookie: a=b" } },
        { match: {}, times: 1, action: { type: "close", afterBytes: 5, framing: "lines" } },
        { match: {}, times: 1, action: { type: "broken-framing", how: "no-lengths" } },
      ]),
    );
    await expect(`${wrong.join("\n")}\n`).toMatchFileSnapshot("golden/fault-problems.txt");
  });

  test.each([undefined, null, {}, "x", [null]])("refuses %j, which is no list of rules", (value) => {
    expect(problems(() => parseFaults(value))).toHaveLength(1);
  });

  test("also guards createEmulator and arm, and a wrong rule arms none of its list", () => {
    const good: FaultRule = { match: {}, times: 1, action: { type: "silence" } };
    // As a list that a JavaScript caller, or a file, may hold.
    const wrong: FaultRule = JSON.parse('{"match":{"pages":2},"times":1,"action":{"type":"silence"}}');
    expect(() => createEmulator(optionsWith([], { faults: [good, wrong] }))).toThrow(EmulatorInputError);
    const emulator = createEmulator(optionsWith([]));
    expect(() => emulator.faults.arm([good, wrong])).toThrow(EmulatorInputError);
    expect(emulator.faults.armed).toEqual([]);
  });
});

describe("parseSeed", () => {
  test("answers accounts that createEmulator takes", () => {
    const accounts = [
      {
        accountId: ACCOUNT_ID,
        accessKeys: [KEY, STS_KEY],
        regions: { "cn-hangzhou": numberedRows(2), "cn-shanghai": [] },
      },
    ];
    const parsed = parseSeed({ accounts });
    expect(parsed.accounts).toEqual(accounts);
    expect(createEmulator(parsed).rows(ACCOUNT_ID, "cn-hangzhou").all()).toEqual(numberedRows(2));
  });

  test("names everything that is wrong, all at once", async () => {
    const row = { serviceName: "s", functionName: "f", qualifier: "LATEST" };
    const wrong = problems(() =>
      parseSeed({
        accounts: [
          { accountId: 1234567890123456, accessKeys: [], regions: {} },
          {
            accountId: "acct",
            accessKeys: [{ accessKeyId: "A,B", accessKeySecret: "", token: "x" }],
            regions: { "CN Hangzhou": [] },
          },
          {
            accountId: "2",
            accessKeys: [KEY],
            regions: { "cn-hangzhou": [{ ...row, functionName: 5 }, { serviceName: "s" }, { ...row, qualifer: "x" }] },
          },
          {
            accountId: "3",
            accessKeys: [
              { ...KEY, accessKeyId: "a", validForMs: -1, status: "Off" },
              {
                ...KEY,
                accessKeyId: "b",
                policy: { Version: "2", Statement: [{ Effect: "allow", Action: [], Resource: "*", Condition: {} }] },
              },
            ],
            regions: {
              "cn-hangzhou": { generate: { services: 0, functions: 1, qualifiers: 2000, names: "odd" } },
              "cn-shanghai": { generated: true },
              "cn-beijing": 5,
            },
          },
        ],
        acounts: [],
        generate: { accounts: 0, regions: [], services: 100_000, functions: 100_000, name: "plain" },
        churn: { perMinute: 0, every: 5 },
        throttle: { requestsPerSecond: "2", retryAfter: "later" },
      }),
    );
    await expect(`${wrong.join("\n")}\n`).toMatchFileSnapshot("golden/seed-problems.txt");
  });

  test("wants accounts or generate", () => {
    expect(problems(() => parseSeed({ churn: { perMinute: 5 } }))).toEqual(["$: must hold accounts, or generate"]);
  });

  test("makes many accounts alike, each with a key and rows of its own", () => {
    const { accounts, throttle } = parseSeed({
      generate: { accounts: 3, regions: ["cn-hangzhou", "cn-shanghai"], services: 2, functions: 3, seed: 7 },
      throttle: { requestsPerSecond: 5, burst: 10, code: "Throttling.User", retryAfter: "date" },
    });
    expect(accounts.map(({ accountId, accessKeys }) => [accountId, accessKeys[0]?.accessKeyId])).toEqual([
      ["2000000000000001", "LTAI5tFakeKey00000001"],
      ["2000000000000002", "LTAI5tFakeKey00000002"],
      ["2000000000000003", "LTAI5tFakeKey00000003"],
    ]);
    expect(accounts[1]?.regions["cn-shanghai"]).toEqual({ generate: { services: 2, functions: 3, seed: 8 } });
    expect(throttle).toEqual({ requestsPerSecond: 5, burst: 10, code: "Throttling.User", retryAfter: "date" });
  });

  test("names accounts, keys and rows that stand twice", () => {
    const row = { serviceName: "s", functionName: "f", qualifier: "LATEST" };
    const account = { accountId: "1", accessKeys: [KEY], regions: { "cn-hangzhou": [row, { ...row }] } };
    expect(problems(() => parseSeed({ accounts: [account, { ...account, regions: {} }] }))).toEqual([
      "$.accounts[1].accountId: account 1 stands twice; join its entries",
      `$.accounts[1].accessKeys[0].accessKeyId: access key id ${KEY.accessKeyId} stands twice; a key belongs to one account`,
      '$.accounts[0].regions["cn-hangzhou"][1]: this row stands here twice',
    ]);
  });

  test("never repeats a secret in a problem", () => {
    const accounts = [
      { accountId: "1", accessKeys: [{ ...KEY, accessKeySecret: ["ExampleSecret0000000000000000"] }], regions: {} },
    ];
    expect(problems(() => parseSeed({ accounts })).join()).not.toContain("ExampleSecret");
  });
});
