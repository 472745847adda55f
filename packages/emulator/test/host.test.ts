import { createEmulator } from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { pageOf } from "./walk.ts";
import { ACCOUNT_ID, CONTRACT, KEY, NOW_MS, numberedRows, REGION } from "./world.ts";

describe("the host", () => {
  const accounts = [
    {
      accountId: ACCOUNT_ID,
      accessKeys: [KEY],
      regions: { [REGION]: numberedRows(1, "hangzhou"), "cn-shanghai": numberedRows(1, "shanghai") },
    },
  ];
  const serviceAt = async (host: string, defaultRegion?: string): Promise<string | undefined> => {
    const emulator = createEmulator({ accounts, now: () => NOW_MS, defaultRegion, contract: CONTRACT });
    return (await pageOf(emulator, 20, undefined, { host })).data?.[0]?.serviceName;
  };

  test.each([
    `${ACCOUNT_ID}.cn-shanghai.fc.aliyuncs.com`,
    `${ACCOUNT_ID}.cn-shanghai-internal.fc.aliyuncs.com`,
    `${ACCOUNT_ID}.cn-shanghai.localhost:10407`,
    `${ACCOUNT_ID}.cn-shanghai.emulator.example.test`,
    "fc.cn-shanghai.aliyuncs.com",
    "fc-vpc.cn-shanghai.aliyuncs.com",
  ])("%s names the region", async (host) => {
    expect(await serviceAt(host)).toBe("shanghai");
  });

  test.each([
    "127.0.0.1:10407",
    "localhost:10407",
    "localhost",
    "10.20.30.40",
    "[::1]:10407",
    "emulator.my-namespace.svc",
  ])("%s names none: the default region is meant, and the account of the key", async (host) => {
    expect(await serviceAt(host)).toBe("hangzhou");
    expect(await serviceAt(host, "cn-shanghai")).toBe("shanghai");
  });
});
