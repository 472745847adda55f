import { createInventory, failureOf } from "@fc-async/inventory";
import { expect, test } from "vitest";
import { fakeTime } from "./fake-time.ts";

const credentials = { accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" };

test("all regions of an account share its rate, each account has its own", async () => {
  const time = fakeTime();
  const sentAtMs = new Map<string, number[]>();
  const startedAtMs = time.now();
  const inventory = createInventory({
    accounts: ["1", "2"].map((accountId) => ({
      accountId,
      regions: ["cn-hangzhou", "cn-shanghai", "cn-beijing"],
      credentials: () => credentials,
    })),
    limits: { requestsPerSecond: 1 },
    ...time,
    // At once, or real time would pass while the other one stands still.
    hash: { sha256Hex: () => "", hmacSha256: () => "" },
    fetch: async (url) => {
      const account = new URL(url).hostname.split(".")[0] ?? "";
      sentAtMs.set(account, [...(sentAtMs.get(account) ?? []), time.now() - startedAtMs]);
      return Response.json({ data: null });
    },
  });
  inventory.start();
  await time.advance(5000);
  await inventory.stop();
  expect(Object.fromEntries(sentAtMs)).toEqual({ 1: [0, 1000, 2000], 2: [0, 1000, 2000] });
});

test("another plan keeps the rate of an account, and that of a target is its account's", async () => {
  const time = fakeTime();
  const sentAtMs: number[] = [];
  const startedAtMs = time.now();
  const account = { accountId: "1", credentials: () => credentials, requestsPerSecond: 1 };
  const inventory = createInventory({
    accounts: [{ ...account, regions: ["cn-hangzhou"] }],
    ...time,
    hash: { sha256Hex: () => "", hmacSha256: () => "" },
    fetch: async () => {
      sentAtMs.push(time.now() - startedAtMs);
      return Response.json({ data: null });
    },
  });
  inventory.start();
  await time.settle();
  inventory.replan({ accounts: [{ ...account, regions: ["cn-hangzhou", "cn-shanghai", "cn-beijing"] }] });
  await time.advance(5000);
  await inventory.stop();
  expect(sentAtMs).toEqual([0, 1000, 2000]);
});

test.each([
  ["a region that is none", { accountId: "1", regions: ["Hangzhou!"] }],
  ["a target that comes twice", { accountId: "1", regions: ["cn-hangzhou", "cn-hangzhou"] }],
])("another plan with %s is refused, and the one before stays in force", (_, wrong) => {
  const inventory = createInventory({
    accounts: [{ accountId: "1", alias: "prod", regions: ["cn-hangzhou"], credentials: () => credentials }],
    poll: { intervalMs: 30_000 },
  });
  expect(() => inventory.replan({ accounts: [{ ...wrong, credentials: () => credentials }] })).toThrow(TypeError);
  expect(inventory.targets).toEqual([
    {
      target: { id: "fc2/1/cn-hangzhou", source: "fc2", accountId: "1", regionId: "cn-hangzhou" },
      alias: "prod",
      intervalMs: 30_000,
    },
  ]);
});

test("an account that is listed twice has one rate", () => {
  const account = { accountId: "1", credentials: () => credentials };
  const accounts = [
    { ...account, regions: ["cn-hangzhou"], requestsPerSecond: 1 },
    { ...account, regions: ["cn-shanghai"], requestsPerSecond: 2 },
  ];
  expect(() => createInventory({ accounts })).toThrow(/listed twice, with different rates/u);
});

test("what could not be read is told in one line, whatever the error holds", () => {
  const failure = failureOf(new Error(`line\nbreak \u001B[31m red \uD800${"x".repeat(5000)}`));
  expect(failure.reason).toBe("other");
  // eslint-disable-next-line no-control-regex -- that none is left is the point
  expect(failure.message).not.toMatch(/[\u0000-\u001F]/u);
  expect(failure.message.length).toBeLessThanOrEqual(1000);
  expect(failure.message.isWellFormed()).toBe(true);
});

test("case 20: a provider of keys that fails is asked once a poll, and ever more rarely, up to half an hour", async () => {
  const time = fakeTime();
  const askedAtMs: number[] = [];
  const reasons = new Set<string>();
  let sent = 0;
  const inventory = createInventory({
    accounts: [
      {
        accountId: "1",
        regions: ["cn-hangzhou"],
        credentials: () => {
          askedAtMs.push(time.now());
          throw new Error("the token service is down");
        },
      },
    ],
    ...time,
    fetch: async () => {
      sent += 1;
      return Response.json({ data: null });
    },
    onEvent: (event) => {
      if (event.type === "poll_failed") reasons.add(event.failure.reason);
    },
  });
  inventory.start();
  await time.advance(5 * 3_600_000);
  await inventory.stop();
  const minutes = askedAtMs.slice(1).map((atMs, index) => (atMs - (askedAtMs[index] ?? 0)) / 60_000);
  // One minute, doubled each time, give or take a tenth.
  [1, 2, 4, 8, 16].forEach((wanted, index) => expect(Math.abs((minutes[index] ?? 0) / wanted - 1)).toBeLessThan(0.11));
  expect(minutes.length).toBeGreaterThan(10);
  for (const pause of minutes.slice(5)) expect(Math.abs(pause / 30 - 1)).toBeLessThan(0.11);
  expect(reasons).toEqual(new Set(["auth"]));
  expect(sent).toBe(0);
});
