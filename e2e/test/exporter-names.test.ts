import { createEmulator, openApiContract, type Account, type FunctionRow } from "@fc-async/emulator";
import { expect, test } from "vitest";
import { startScrapedScene } from "../exporter-scene.ts";
import { requireProgram } from "../required-program.ts";
import { startPrometheus } from "../start-prometheus.ts";

const PATIENCE = { timeout: 60_000, interval: 250 };

function accountOf(
  rows: readonly FunctionRow[] | { readonly generate: { readonly services: number; readonly functions: number } },
): Account {
  return {
    accountId: "1000000000000007",
    accessKeys: [{ accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" }],
    regions: { "cn-hangzhou": rows },
  };
}

const rowOf = (serviceName: string, functionName = "f"): FunctionRow => ({
  serviceName,
  functionName,
  qualifier: "LATEST",
});

test("case 29: services that are named like parts of every JavaScript object are each counted once", async (context) => {
  requireProgram("prometheus", context);
  const names = ["__proto__", "constructor", "hasOwnProperty", "toString", "__overflow__"];
  const account = accountOf(names.map((name) => rowOf(name)));
  const emulator = createEmulator({ accounts: [account], contract: openApiContract("fail") });
  const { prometheus } = await startScrapedScene(emulator, [account]);
  await expect.poll(() => prometheus.scalar("sum(aliyun_fc_async_task_functions)"), PATIENCE).toBe(names.length);
  for (const name of names) {
    expect(await prometheus.scalar(`aliyun_fc_async_task_functions{service_name="${name}"}`)).toBe(1);
  }
});

test("case 30: hostile names stay exact and distinct in a real Prometheus, which stays up", async (context) => {
  requireProgram("prometheus", context);
  const names = [
    'quote"d',
    "back\\slash",
    "line\nbreak",
    "carriage\rreturn",
    "nul\u0000l",
    "emoji 🚀",
    "right\u202Eleft",
    "{}",
    "a=b",
    " ",
    "# HELP x",
    String.raw`\n`,
  ];
  const pairs = [rowOf("a:1,b", "2"), rowOf("a", "1,b:2"), rowOf("a,b", "c"), rowOf("a", "b,c")];
  const account = accountOf([...names.map((name) => rowOf(name, name)), ...pairs]);
  const emulator = createEmulator({ accounts: [account], contract: openApiContract("fail") });
  const { prometheus } = await startScrapedScene(emulator, [account]);
  await expect
    .poll(() => prometheus.scalar("count(aliyun_fc_async_task_function_info)"), PATIENCE)
    .toBe(names.length + pairs.length);
  expect(await prometheus.scalar('up{job="fc-async"}')).toBe(1);
  const info = await prometheus.query("aliyun_fc_async_task_function_info");
  const kept = info.map(({ labels }) => JSON.stringify([labels["service_name"], labels["function_name"]]));
  const listed = [...names.map((name) => [name, name]), ...pairs.map((pair) => [pair.serviceName, pair.functionName])];
  expect(kept.toSorted()).toEqual(listed.map((pair) => JSON.stringify(pair)).toSorted());
});

test("case 30: a lone surrogate fails the walk as invalid_response, and what was read before stays", async (context) => {
  requireProgram("prometheus", context);
  const account = accountOf([rowOf("orders")]);
  const emulator = createEmulator({ accounts: [account] });
  const { prometheus } = await startScrapedScene(emulator, [account]);
  await expect.poll(() => prometheus.scalar("sum(aliyun_fc_async_task_functions)"), PATIENCE).toBe(1);
  const body = String.raw`{"data":[{"serviceName":"\ud800","functionName":"f","qualifier":"LATEST"}]}`;
  emulator.faults.arm([{ match: {}, times: "forever", action: { type: "body", body } }]);
  await expect
    .poll(() => prometheus.scalar('aliyun_fc_async_task_poll_failures_total{reason="invalid_response"}'), PATIENCE)
    .toBeGreaterThan(0);
  expect(await prometheus.scalar("sum(aliyun_fc_async_task_functions)")).toBe(1);
  expect(await prometheus.scalar('min_over_time(up{job="fc-async"}[1m])')).toBe(1);
});

test("case 32: 50,000 services stay below the series cap, with the true total, and a Prometheus whose limit is 10,000 stays up", async (context) => {
  requireProgram("prometheus", context);
  const account = accountOf({ generate: { services: 50_000, functions: 2 } });
  const emulator = createEmulator({ accounts: [account] });
  const { exporter, prometheus } = await startScrapedScene(emulator, [account], {
    poll: { interval: "1h", max_staleness: "0" },
    limits: { requests_per_second: 1000 },
  });
  const limited = await startPrometheus(new URL(exporter.url).host, { scrape: { sample_limit: 10_000 } });
  context.onTestFinished(async () => void (await limited.stop()));
  await expect.poll(() => prometheus.scalar("sum(aliyun_fc_async_task_functions)"), PATIENCE).toBe(100_000);
  expect(await prometheus.scalar("count(aliyun_fc_async_task_functions)")).toBe(4000);
  expect(await prometheus.scalar("aliyun_fc_async_task_overflow_services")).toBe(50_000 - 3999);
  expect(await prometheus.scalar('aliyun_fc_async_task_functions{service_name="__overflow__"}')).toBe(
    2 * (50_000 - 3999),
  );
  expect(await prometheus.scalar("aliyun_fc_async_task_services")).toBe(50_000);
  expect(await prometheus.scalar("aliyun_fc_async_task_series_dropped")).toBe(100_000);
  await expect.poll(() => limited.scalar("sum(aliyun_fc_async_task_functions)"), PATIENCE).toBe(100_000);
  expect(await limited.scalar('min_over_time(up{job="fc-async"}[1m])')).toBe(1);
  expect(await limited.scalar('scrape_samples_scraped{job="fc-async"}')).toBeLessThan(10_000);
}, 120_000);
