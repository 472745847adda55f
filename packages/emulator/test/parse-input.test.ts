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
    expect(parsed).toEqual(accounts);
    expect(createEmulator({ accounts: parsed }).rows(ACCOUNT_ID, "cn-hangzhou").all()).toEqual(numberedRows(2));
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
        ],
        acounts: [],
      }),
    );
    await expect(`${wrong.join("\n")}\n`).toMatchFileSnapshot("golden/seed-problems.txt");
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
