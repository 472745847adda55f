import { createEmulator, DEMO_ACCOUNT, demoAccounts } from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { signedGet } from "./signed-get.ts";
import { CONTRACT, NOW_MS } from "./world.ts";

describe("demoAccounts", () => {
  const accounts = demoAccounts();
  const rows = accounts.flatMap(({ regions }) => Object.values(regions).flat());

  test("is three accounts in four regions with 120 rows, always the same", () => {
    expect(accounts).toHaveLength(3);
    expect(new Set(accounts.flatMap(({ regions }) => Object.keys(regions))).size).toBe(4);
    expect(rows).toHaveLength(120);
    expect(demoAccounts()).toEqual(accounts);
  });

  test("lists one function with three qualifiers", () => {
    const qualifiers = accounts[0]?.regions["cn-hangzhou"]
      ?.filter(({ serviceName, functionName }) => serviceName === "image-pipeline" && functionName === "resize-image")
      .map(({ qualifier }) => qualifier);
    expect(qualifiers?.toSorted()).toEqual(["17", "LATEST", "live"]);
  });

  test("shares no key between accounts, and each key says that it is fake", () => {
    const keys = accounts.flatMap(({ accessKeys }) => accessKeys);
    expect(new Set(keys.map(({ accessKeyId }) => accessKeyId)).size).toBe(keys.length);
    expect(new Set(keys.map(({ accessKeySecret }) => accessKeySecret)).size).toBe(keys.length);
    for (const { accessKeyId, accessKeySecret } of keys)
      expect(`${accessKeyId} ${accessKeySecret}`).toMatch(/Fake.* .*Fake/);
  });

  test("has an account without any function", async () => {
    const empty = accounts.find(({ regions }) => Object.values(regions).every(({ length }) => length === 0));
    const [key] = empty?.accessKeys ?? [];
    if (key === undefined) throw new Error("no such account");
    const emulator = createEmulator({ accounts, now: () => NOW_MS, contract: CONTRACT });
    expect((await signedGet(emulator, { key, host: "localhost" })).text).toBe('{"data":null,"nextToken":""}');
  });

  test("has the names that break careless code", () => {
    const names = rows.flatMap(({ serviceName, functionName }) => [serviceName, functionName]).join(" ");
    for (const hostile of ["__proto__", "constructor", '"', "\\", "\n", "🚀", "\u202E", "a,b", "b:c"])
      expect(names).toContain(hostile);
  });

  test("begins with the account the constant names", async () => {
    const emulator = createEmulator({ accounts, now: () => NOW_MS, contract: CONTRACT });
    const { accountId, region } = DEMO_ACCOUNT;
    const { text } = await signedGet(emulator, {
      key: DEMO_ACCOUNT,
      host: `${accountId}.${region}.localhost`,
      query: [["limit", "100"]],
    });
    expect(JSON.parse(text).data).toHaveLength(50);
  });
});
