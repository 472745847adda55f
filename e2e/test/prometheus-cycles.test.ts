import { createEmulator, demoAccounts, openApiContract, type Account, type FunctionRow } from "@fc-async/emulator";
import { expect, test } from "vitest";
import { startScrapedScene } from "../exporter-scene.ts";
import { requireProgram } from "../required-program.ts";

const SCRAPES = 20;
const LOOK_BACK_SECONDS = 300;
const PATIENCE = { timeout: 40_000, interval: 250 };

const rowsOf = (serviceName: string, count: number): readonly FunctionRow[] =>
  Array.from({ length: count }, (_, index) => ({
    serviceName,
    functionName: `function-${index}`,
    qualifier: "LATEST",
  }));

/** Three pages: what the faults hit. */
const LARGE: Account = {
  accountId: "1000000000000007",
  accessKeys: [{ accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" }],
  regions: { "cn-hangzhou": [...rowsOf("lasting", 200), ...rowsOf("leaving", 50)] },
};
const OF_LARGE = `account_id="${LARGE.accountId}"`;

/** The longest time between two samples. */
const longestGapSeconds = (points: readonly (readonly [number, number])[]): number =>
  Math.max(...points.slice(1).map(([atSeconds], index) => atSeconds - (points[index]?.[0] ?? 0)));

test("over 20 scrapes and more, while functions come and go and pages fail, loop and are throttled, a real Prometheus has every birth and death, no gap and no duplicate", async (context) => {
  requireProgram("prometheus", context);
  const accounts = [...demoAccounts(), LARGE];
  const emulator = createEmulator({ accounts, contract: openApiContract("fail") });
  const { prometheus } = await startScrapedScene(emulator, accounts, {
    poll: { interval: "1s", max_staleness: "10m" },
  });
  const rows = emulator.rows(LARGE.accountId, "cn-hangzhou");
  const functionsOf = (service: string): string =>
    `aliyun_fc_async_task_functions{${OF_LARGE},service_name="${service}"}`;
  const becomes = async (expression: string, value: number | undefined): Promise<void> => {
    await expect.poll(() => prometheus.scalar(expression), { ...PATIENCE, message: expression }).toBe(value);
  };

  await becomes(functionsOf("lasting"), 200);
  await becomes(functionsOf("leaving"), 50);

  rows.add(...rowsOf("coming", 7));
  await becomes(functionsOf("coming"), 7);
  await becomes(`aliyun_fc_async_task_functions_added_total{${OF_LARGE}}`, 7);
  rows.remove(...rowsOf("leaving", 50));
  await becomes(functionsOf("leaving"), undefined);
  await becomes(`aliyun_fc_async_task_functions_removed_total{${OF_LARGE}}`, 50);

  const up = `aliyun_fc_async_task_up{${OF_LARGE}}`;
  for (const [reason, action] of [
    ["server", { type: "status", status: 500 }],
    ["pagination", { type: "token", token: "repeat" }],
    ["throttled", { type: "status", status: 429, code: "Throttling.User" }],
  ] as const) {
    emulator.faults.arm([{ match: { account: LARGE.accountId, page: 2 }, times: "forever", action }]);
    await becomes(up, 0);
    await expect
      .poll(
        () => prometheus.scalar(`aliyun_fc_async_task_poll_failures_total{${OF_LARGE},reason="${reason}"}`),
        PATIENCE,
      )
      .toBeGreaterThan(0);
    // Half a list never looks whole: what was there stays, with its age.
    expect(await prometheus.scalar(`sum(aliyun_fc_async_task_functions{${OF_LARGE}})`)).toBe(207);
    emulator.faults.disarm();
    await becomes(up, 1);
  }

  const scraped = 'count_over_time(up{job="fc-async"}[5m])';
  await expect.poll(() => prometheus.scalar(scraped), PATIENCE).toBeGreaterThanOrEqual(SCRAPES);
  const scrapes = await prometheus.scraped('up{job="fc-async"}', LOOK_BACK_SECONDS);
  const points = scrapes[0]?.points ?? [];
  expect(new Set(points.map(([, value]) => value))).toEqual(new Set([1]));

  // Of each series that lives all along there is a sample of every scrape; none misses more than one interval.
  const lasting = await prometheus.scraped(functionsOf("lasting"), LOOK_BACK_SECONDS);
  expect(longestGapSeconds(lasting[0]?.points ?? [])).toBeLessThan(2);
  expect(new Set(lasting[0]?.points.map(([, value]) => value))).toEqual(new Set([200]));
  const died = (await prometheus.scraped(functionsOf("leaving"), LOOK_BACK_SECONDS))[0]?.points ?? [];
  const born = (await prometheus.scraped(functionsOf("coming"), LOOK_BACK_SECONDS))[0]?.points ?? [];
  expect(new Set(died.map(([, value]) => value))).toEqual(new Set([50]));
  expect(new Set(born.map(([, value]) => value))).toEqual(new Set([7]));
  expect(longestGapSeconds(born)).toBeLessThan(2);
  expect(born.at(-1)?.[0]).toBe(points.at(-1)?.[0]);
  expect(died.at(-1)?.[0]).toBeLessThan(points.at(-1)?.[0] ?? 0);

  const own = await (await fetch(`${prometheus.url}/metrics`)).text();
  for (const trouble of ["duplicate_timestamp", "out_of_order", "out_of_bounds"]) {
    expect(own).toMatch(new RegExp(`^prometheus_target_scrapes_sample_${trouble}_total 0$`, "mu"));
  }
  expect(prometheus.output()).not.toMatch(/level=(warn|error)/iu);
}, 240_000);
