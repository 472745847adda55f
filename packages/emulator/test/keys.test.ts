import { createEmulator, type AccessKey, type Emulator, type RamStatement } from "@fc-async/emulator";
import { ERROR_CATALOGUE } from "@fc-async/protocol/error-catalogue";
import { describe, expect, test } from "vitest";
import { signedGet, type SignedGet } from "./signed-get.ts";
import { ACCOUNT_ID, CONTRACT, GATEWAY_HOST, KEY, NOW_MS, numberedRows, REGION, STS_KEY } from "./world.ts";

interface Scene {
  readonly emulator: Emulator;
  pass(ms: number): void;
  answer(more?: SignedGet): Promise<{ readonly status: number; readonly code: unknown; readonly message: unknown }>;
}

function scene(key: AccessKey): Scene {
  let nowMs = NOW_MS;
  const emulator = createEmulator({
    accounts: [{ accountId: ACCOUNT_ID, accessKeys: [key], regions: { [REGION]: numberedRows(3) } }],
    now: () => nowMs,
    contract: CONTRACT,
  });
  return {
    emulator,
    pass(ms) {
      nowMs += ms;
    },
    async answer(more = {}) {
      const { status, text } = await signedGet(emulator, { key, dateMs: emulator.clock.nowMs, ...more });
      const { Code, Message, ErrorCode, ErrorMessage } = JSON.parse(text);
      return { status, code: Code ?? ErrorCode, message: Message ?? ErrorMessage };
    },
  };
}

const GOOD = { status: 200, code: undefined, message: undefined };

describe("a key with an end, case 20,", () => {
  const expired = { status: 400, code: "InvalidSecurityToken.Expired", message: "Specified SecurityToken is expired." };

  test("is good until then and refused after it", async () => {
    const world = scene({ ...STS_KEY, validForMs: 900_000 });
    expect(await world.answer()).toEqual(GOOD);
    world.pass(900_000);
    expect(await world.answer()).toEqual(GOOD);
    world.pass(1);
    expect(await world.answer()).toEqual(expired);
    expect(world.emulator.requests.at(-1)).toMatchObject({ verdict: "expired_key", accessKeyId: STS_KEY.accessKeyId });
  });

  test("ends sooner when the emulator's clock is set forward, and lives again after reset", async () => {
    const world = scene({ ...STS_KEY, validForMs: 900_000 });
    world.emulator.clock.advance(900_001);
    expect(await world.answer()).toEqual(expired);
    world.emulator.reset();
    expect(await world.answer()).toEqual(GOOD);
  });

  test("is refused in the words of its scheme", async () => {
    const world = scene({ ...STS_KEY, validForMs: 0 });
    world.pass(1);
    expect(await world.answer({ api: "2016-08-15" })).toEqual(expired);
    expect(await world.answer({ host: GATEWAY_HOST })).toEqual(expired);
  });

  test("with a wrong secret is told of its signature first", async () => {
    const world = scene({ ...STS_KEY, validForMs: 0 });
    world.pass(1);
    expect(await world.answer({ key: { ...STS_KEY, accessKeySecret: "x" } })).toMatchObject({
      code: "SignatureNotMatch",
    });
  });
});

test("an inactive key is refused although its signature is right", async () => {
  const world = scene({ ...KEY, status: "Inactive" });
  expect(await world.answer()).toEqual({
    status: 400,
    code: "InvalidAccessKeyId.Inactive",
    message: "Specified access key is disabled.",
  });
  expect(world.emulator.requests[0]).toMatchObject({ verdict: "inactive_key" });
});

describe("a RAM policy, case 21,", () => {
  const ACTION = "fc:ListStatefulAsyncInvocationFunctions";
  const statement = (Effect: RamStatement["Effect"], Action: string, Resource = "*"): RamStatement => ({
    Effect,
    Action,
    Resource,
  });
  const answerUnder = (...Statement: readonly RamStatement[]): ReturnType<Scene["answer"]> =>
    scene({ ...KEY, policy: { Version: "1", Statement } }).answer();
  const DENIED = {
    status: 403,
    code: "AccessDenied",
    message: `the caller is not authorized to perform '${ACTION}' on resource '*'`,
  };

  test.each([
    ["the action on every resource", [statement("Allow", ACTION)]],
    ["the action in another case", [statement("Allow", ACTION.toLowerCase())]],
    ["every listing, as AliyunFCReadOnlyAccess does", [statement("Allow", "fc:List*")]],
    ["everything of the service", [statement("Allow", "fc:*")]],
    ["everything", [statement("Allow", "*")]],
    ["a pattern with one open character", [statement("Allow", "fc:ListStatefulAsyncInvocationFunction?")]],
    ["one of several actions", [{ Effect: "Allow", Action: ["fc:GetFunction", ACTION], Resource: ["x", "*"] }]],
    ["it, and denies something else", [statement("Allow", "fc:*"), statement("Deny", "fc:DeleteFunction")]],
    [
      "it, and denies it on a narrower resource",
      [statement("Allow", "fc:*"), statement("Deny", "fc:*", "acs:fc:*:*:services/a")],
    ],
  ] as const)("allows the call when it allows %s", async (_what, statements) => {
    expect(await answerUnder(...statements)).toEqual(GOOD);
  });

  test.each([
    ["nothing", []],
    ["another action", [statement("Allow", "fc:ListFunctions")]],
    ["another service", [statement("Allow", "oss:List*")]],
    ["it on a narrower resource, which the operation does not support", [statement("Allow", ACTION, "acs:fc:*:*:*")]],
    ["an action with a dot for any character", [statement("Allow", "fc.ListStatefulAsyncInvocationFunctions")]],
    ["everything, and denies listing", [statement("Allow", "*"), statement("Deny", "fc:List*")]],
    ["everything, and denies it first", [statement("Deny", ACTION), statement("Allow", "*")]],
  ] as const)("denies the call when it allows %s", async (_what, statements) => {
    expect(await answerUnder(...statements)).toEqual(DENIED);
  });

  test("is denied with a code that the error catalogue knows, and a verdict in the log", async () => {
    const world = scene({ ...KEY, policy: { Version: "1", Statement: [] } });
    await world.answer();
    expect(world.emulator.requests[0]).toMatchObject({ verdict: "not_authorized", status: 403, code: "AccessDenied" });
    const entry = ERROR_CATALOGUE.find(
      ({ code, messagePattern }) =>
        code === "AccessDenied" && messagePattern !== undefined && new RegExp(messagePattern).test(DENIED.message),
    );
    expect(entry?.reason).toBe("denied");
  });
});
