import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { startProcess } from "../start-process.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const PORTS = [10_406, 10_407, 10_408, 10_412];

/** Refused while anything listens there. */
async function listenOnce(port: number): Promise<void> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  server.close();
  await once(server, "close");
}

test("start serves the demo's counts to Prometheus and to Slack alike, and Ctrl-C frees every port", async () => {
  await Promise.all(PORTS.map((port) => listenOnce(port)));
  const running = await startProcess({ command: [`${root}scripts/start.ts`], ready: /Stop\s+Ctrl-C/, folder: root });
  onTestFinished(async () => void (await running.stop("SIGTERM")));

  const text = await (await fetch("http://127.0.0.1:10406/metrics")).text();
  const counts = Array.from(text.matchAll(/^aliyun_fc_async_task_functions\{.*\} (\d+)$/gmu), ([, count]) =>
    Number(count),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  const services = new Set(
    Array.from(text.matchAll(/^aliyun_fc_async_task_functions\{.*,(service_name=".*")\}/gmu), ([, name]) => name),
  );
  const answer = execFileSync(process.execPath, ["packages/slack-sim/src/main.ts", "/fc-async services"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(total).toBe(118);
  expect(answer).toMatch(new RegExp(`^${total} functions with async tasks in ${services.size} services\n`, "u"));

  expect(await running.stop("SIGINT")).toBe(0);
  await Promise.all(PORTS.map((port) => listenOnce(port)));
}, 60_000);
