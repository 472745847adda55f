import { execFileSync, spawnSync } from "node:child_process";
import { createEmulator, demoAccounts, openApiContract, type Account } from "@fc-async/emulator";
import { expect, test } from "vitest";
import { startScrapedScene } from "../exporter-scene.ts";
import { requireProgram } from "../required-program.ts";

/** Three pages: 250 functions in 5 services, beside the 118 of the demo. */
const LARGE: Account = {
  accountId: "1000000000000007",
  accessKeys: [{ accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" }],
  regions: {
    "cn-hangzhou": Array.from({ length: 250 }, (_, index) => ({
      serviceName: `service-${index % 5}`,
      functionName: `function-${index}`,
      qualifier: "LATEST",
    })),
  },
};
const ACCOUNTS = [...demoAccounts(), LARGE];
const OF_LARGE = `{account_id="${LARGE.accountId}"}`;
const PATIENCE = { timeout: 30_000, interval: 250 };

function expectPromtoolAccepts(body: string): void {
  const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input: body, encoding: "utf8" });
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: "" });
}

test("a real Prometheus sees right counts, keeps the last complete ones while a page fails for ever, and loses them when they are too old", async (context) => {
  for (const program of ["prometheus", "promtool", "curl"]) requireProgram(program, context);
  const emulator = createEmulator({
    accounts: ACCOUNTS,
    contract: openApiContract("fail"),
    faults: [{ match: {}, times: 7, action: { type: "delay", ms: 2000 } }],
  });
  const { exporter, prometheus, metrics } = await startScrapedScene(emulator, ACCOUNTS);

  const unread = await metrics();
  expectPromtoolAccepts(unread);
  expect(unread.match(/^aliyun_fc_async_task_up\{.*\} 0$/gmu)).toHaveLength(7);
  expect(unread).not.toMatch(/^aliyun_fc_async_task_(?:functions|account_functions)\{/mu);

  await expect.poll(() => prometheus.scalar("sum(aliyun_fc_async_task_functions)"), PATIENCE).toBe(368);
  expect(await prometheus.scalar('up{job="fc-async"}')).toBe(1);
  expect(await prometheus.scalar("sum(aliyun_fc_async_task_account_functions)")).toBe(368);
  expect(await prometheus.scalar("count(aliyun_fc_async_task_function_info)")).toBe(370);
  expect(await prometheus.scalar("sum(aliyun_fc_async_task_up)")).toBe(7);
  expect(await prometheus.query(`aliyun_fc_async_task_functions${OF_LARGE}`)).toHaveLength(5);
  expect(await prometheus.scalar('aliyun_fc_async_task_account_functions{account_id="1000000000000003"}')).toBe(0);
  expectPromtoolAccepts(await metrics());

  const inventoryOf = (body: string): string =>
    (body.match(/^aliyun_fc_async_task_function\w*\{.*$/gmu) ?? []).join("\n");
  const read = (...flags: readonly string[]): string =>
    inventoryOf(execFileSync("curl", ["--silent", ...flags, `${exporter.url}/metrics`], { encoding: "utf8" }));
  expect(read("--compressed")).toBe(read());
  expect(read().split("\n").length).toBeGreaterThan(370);

  emulator.faults.arm([
    { match: { account: LARGE.accountId, page: 2 }, times: "forever", action: { type: "status", status: 500 } },
  ]);
  await expect.poll(() => prometheus.scalar(`aliyun_fc_async_task_up${OF_LARGE}`), PATIENCE).toBe(0);
  expect(await prometheus.scalar(`sum(aliyun_fc_async_task_functions${OF_LARGE})`)).toBe(250);
  expect(
    await prometheus.scalar(
      `aliyun_fc_async_task_poll_failures_total{account_id="${LARGE.accountId}",reason="server"}`,
    ),
  ).toBeGreaterThan(0);
  expectPromtoolAccepts(await metrics());
  const age = `time() - aliyun_fc_async_task_last_success_timestamp_seconds${OF_LARGE}`;
  const ageAtFirst = (await prometheus.scalar(age)) ?? Number.NaN;
  await expect.poll(() => prometheus.scalar(age), PATIENCE).toBeGreaterThan(ageAtFirst + 2);

  await expect
    .poll(() => prometheus.scalar(`count(aliyun_fc_async_task_functions${OF_LARGE})`), PATIENCE)
    .toBeUndefined();
  expect(await prometheus.scalar(`aliyun_fc_async_task_up${OF_LARGE}`)).toBe(0);
  expect(await prometheus.scalar("sum(aliyun_fc_async_task_functions)")).toBe(118);
  expectPromtoolAccepts(await metrics());

  emulator.faults.disarm();
  await expect.poll(() => prometheus.scalar("sum(aliyun_fc_async_task_functions)"), PATIENCE).toBe(368);
  expect(await prometheus.scalar('min_over_time(up{job="fc-async"}[1m])')).toBe(1);
}, 120_000);
