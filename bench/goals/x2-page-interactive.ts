import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { countRow, unmeasuredRow, type GoalRow } from "../report/goal-row.ts";
import { formatSpread, spreadOf } from "../statistics/spread.ts";
import type { Bench, Goal } from "./goal.ts";

const MOST_MS = 1000;
const PROGRAM = fileURLToPath(new URL("../../apps/explorer/dist/main.js", import.meta.url));

/** X2: from asking for the explorer's page to a form that is filled and can be sent, in a fresh tab with an empty cache. */
export const pageInteractive: Goal = {
  id: "X2",
  async measure({ rounds }: Bench): Promise<readonly GoalRow[]> {
    const subject = { goal: "X2", what: "explorer's page, navigation to a form that can be sent" };
    const executablePath = spawnSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).stdout.trim();
    if (executablePath === "") return [unmeasuredRow(subject, "chromium")];
    execFileSync("turbo", ["run", "build", "--filter=fc-async-explorer", "--output-logs=errors-only"]);
    const child = spawn(process.execPath, [PROGRAM, "--listen-address=127.0.0.1:0"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    const [line]: unknown[] = await once(createInterface({ input: child.stderr }), "line");
    const [, address] = /address="?([\d.:]+)/.exec(String(line)) ?? [];
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    const timesMs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const context = await browser.newContext();
      const page = await context.newPage();
      const startedMs = performance.now();
      await page.goto(`http://${address}/`, { waitUntil: "commit" });
      await page.getByRole("button", { name: /^Send/ }).click({ trial: true });
      timesMs.push(performance.now() - startedMs);
      await context.close();
    }
    await browser.close();
    child.kill();
    await once(child, "exit");
    const spread = spreadOf(timesMs);
    return [
      countRow(subject, `${formatSpread(spread)} ms`, { text: `< ${MOST_MS} ms`, isMet: spread.median < MOST_MS }),
    ];
  },
};
