import { setTimeout as passes } from "node:timers/promises";
import { createEmulator, demoAccounts, openApiContract, type Account, type FunctionRow } from "@fc-async/emulator";
import { expect, test } from "vitest";
import { startScrapedScene } from "../exporter-scene.ts";
import { requireProgram } from "../required-program.ts";

const SCRAPES = 20;
const PATIENCE = { timeout: 40_000, interval: 250 };

const rowsOf = (serviceName: string, count: number): readonly FunctionRow[] =>
  Array.from({ length: count }, (_, index) => ({
    serviceName,
    functionName: `function-${index}`,
    qualifier: "LATEST",
  }));

/** Three pages: what its faults hit. */
const LARGE: Account = {
  accountId: "1000000000000007",
  accessKeys: [{ accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" }],
  regions: { "cn-hangzhou": [...rowsOf("lasting", 200), ...rowsOf("leaving", 50)] },
};
const OF_LARGE = `account_id="${LARGE.accountId}"`;

test("over 20 scrapes and more, while functions come and go and pages fail, are throttled and loop, a real Prometheus has no gap, no duplicate and every birth and death", async (context) => {
  requireProgram("prometheus", context);
  const accounts = [...demoAccounts(), LARGE];
  const emulator = createEmulator({ accounts, contract: openApiContract("fail") });
  const { prometheus } = await startScrapedScene(emulator, accounts, {
    poll: { interval: "1s", max_staleness: "10m" },
  });
  const rows = emulator.rows(LARGE.accountId, "cn-hangzhou");
  const match = { account: LARGE.accountId };
  const functionsOf = (service: string): string =>
    `aliyun_fc_async_task_functions{${OF_LARGE},service_name="${service}"}`;
  const up = `aliyun_fc_async_task_up{${OF_LARGE}}`;
  const failures = (reason: string): string =>
    `aliyun_fc_async_task_poll_failures_total{${OF_LARGE},reason="${reason}"}`;
  const becomes = async (expression: string, value: number | undefined): Promise<void> => {
    await expect.poll(() => prometheus.scalar(expression), PATIENCE).toBe(value);
  };

  await becomes(functionsOf("lasting"), 200);
  const beganAtSeconds = await prometheus.scalar("time()");
  await becomes(functionsOf("leaving"), 50);

  rows.add(...rowsOf("coming", 7));
  await becomes(functionsOf("coming"), 7);
  await becomes(`aliyun_fc_async_task_functions_added_total{${OF_LARGE}}`, 7);
  rows.remove(...rowsOf("leaving", 50));
  await becomes(functionsOf("leaving"), undefined);
  await becomes(`aliyun_fc_async_task_functions_removed_total{${OF_LARGE}}`, 50);

  for (const [reason, action] of [
    ["server", { type: "status", status: 500 }],
    ["throttled", { type: "status", status: 429, headers: { "retry-after": "3600" } }],
    ["pagination", { type: "token", token: { kind: "echo" } }],
  ] as const) {
    emulator.faults.arm([{ match, times: "forever", action }]);
    await becomes(up, 0);
    await expect.poll(() => prometheus.scalar(failures(reason)), PATIENCE).toBeGreaterThan(0);
    // Half a list never looks whole: what was there stays, with its age.
    expect(await prometheus.scalar(`sum(aliyun_fc_async_task_functions{${OF_LARGE}})`)).toBe(207);
    emulator.faults.disarm();
    if (reason === "throttled") break;
    await becomes(up, 1);
  }

  await expect
    .poll(async () => prometheus.scalar('count_over_time(up{job="fc-async"}[10m])'), PATIENCE)
    .toBeGreaterThanOrEqual(SCRAPES);
  expect(await prometheus.scalar('min_over_time(up{job="fc-async"}[10m])')).toBe(1);
  const present = (expression: string): string => `present_over_time(${expression}[10m])`;
  expect(beganAtSeconds).toBeGreaterThan(0);
  expect(await prometheus.scalar(present(functionsOf("coming")))).toBe(1);
  await passes(0);
});
