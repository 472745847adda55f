import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { startProcess } from "../start-process.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const PORTS = [10_406, 10_407, 10_408, 10_409, 10_411, 10_412];

/** Functions of the demo, without those that come and go. */
const FUNCTIONS = 118;
/** Exporter and bot read at their own times, up to 15 s apart, and five regions change every ten seconds. */
const APART = 15;

/** Refused while anything listens there. */
async function listenOnce(port: number): Promise<void> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  server.close();
  await once(server, "close");
}

function askBot(command: string): string {
  const program = [`${root}packages/slack-sim/src/main.ts`, command];
  return execFileSync(process.execPath, program, { encoding: "utf8" });
}

test("start serves the demo's counts to Prometheus and to Slack alike, the explorer and the emulator's state, and Ctrl-C frees every port", async () => {
  await Promise.all(PORTS.map((port) => listenOnce(port)));
  const running = await startProcess({ command: [`${root}scripts/start.ts`], ready: /Stop\s+Ctrl-C/, folder: root });
  onTestFinished(async () => void (await running.stop("SIGTERM")));

  const text = await (await fetch("http://127.0.0.1:10406/metrics")).text();
  const counts = Array.from(text.matchAll(/^aliyun_fc_async_task_functions\{.*\} (\d+)$/gmu), ([, count]) =>
    Number(count),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  // Asked again if need be: on a busy machine an answer may take too long, and says so.
  const [, answered, services] = await vi.waitFor(
    () => {
      const answer = askBot("/fc-async services");
      return /^(\d+) functions with async tasks in (\d+) services\n/u.exec(answer) ?? expect.fail(answer);
    },
    { timeout: 30_000, interval: 500 },
  );
  expect(total).toBeGreaterThan(FUNCTIONS * 0.7);
  expect(total).toBeLessThan(FUNCTIONS * 1.3);
  expect(Math.abs(Number(answered) - total)).toBeLessThanOrEqual(APART);
  expect(Number(services)).toBeGreaterThan(10);

  const page = await (await fetch("http://127.0.0.1:10409/")).text();
  expect(page).toContain("<title>");
  const state = await (await fetch("http://127.0.0.1:10411/_emulator/state")).json();
  expect(state).toMatchObject({ pagination: "stable", accounts: expect.any(Array) });

  expect(await running.stop("SIGINT")).toBe(0);
  await Promise.all(PORTS.map((port) => listenOnce(port)));
}, 60_000);
