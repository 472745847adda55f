import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Account } from "@fc-async/emulator";
import { configurationOf } from "../exporter-scene.ts";
import { startEmulator } from "../start-emulator.ts";
import { startExporter } from "../start-exporter.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const SERVICES = 500;
const FUNCTIONS = 200;
const MOST_BYTES = 200e6;

const LARGE: Account = {
  accountId: "1000000000000007",
  accessKeys: [{ accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" }],
  regions: { "cn-hangzhou": { generate: { services: SERVICES, functions: FUNCTIONS } } },
};

test("case 33: 100,000 rows in 1,000 pages are read whole, in less than 200 MB and scraped meanwhile", async () => {
  const seed = join(await temporaryFolder(), "seed.json");
  await writeFile(seed, JSON.stringify({ accounts: [LARGE] }));
  const emulator = await startEmulator(`--seed.file=${seed}`);
  const keys = { poll: { interval: "1h", max_staleness: "0" }, limits: { requests_per_second: 1000 } };
  const exporter = await startExporter(configurationOf([LARGE], emulator.url, keys));
  const valueOf = (text: string, name: string): number =>
    Number(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, "mu").exec(text)?.[1] ?? Number.NaN);
  const slowestMs: number[] = [];
  let text = "";
  try {
    do {
      const askedAtMs = performance.now();
      const answer = await fetch(`${exporter.url}/metrics`);
      text = await answer.text();
      slowestMs.push(performance.now() - askedAtMs);
      expect(answer.status).toBe(200);
      // Until the last page was read there is no count of any.
      const isRead = valueOf(text, "aliyun_fc_async_task_up") === 1;
      expect(text.includes("aliyun_fc_async_task_functions{")).toBe(isRead);
      if (isRead) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } while (slowestMs.length < 1000);
    expect(valueOf(text, "aliyun_fc_async_task_account_functions")).toBe(SERVICES * FUNCTIONS);
    expect(text.match(/^aliyun_fc_async_task_functions\{.*\} 200$/gmu)).toHaveLength(SERVICES);
    expect(valueOf(text, "aliyun_fc_async_task_last_poll_pages")).toBe(1000);
    expect(valueOf(text, "process_resident_memory_bytes")).toBeLessThan(MOST_BYTES);
    expect(slowestMs.length).toBeGreaterThan(5);
    // Not a benchmark: a walk that held the loop would hold every scrape.
    expect(Math.max(...slowestMs)).toBeLessThan(2000);
  } finally {
    await Promise.all([exporter.stop(), emulator.stop()]);
  }
}, 60_000);
