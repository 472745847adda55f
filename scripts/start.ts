/**
 * `pnpm start`: the product on loopback, with the emulator in place of the cloud. Spawns the processes, waits until each
 * answers, says what to open, and stops them all together. The explorer's page must have been built.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { DEVELOPMENT_SIGNING_SECRET } from "../packages/slack-sim/src/index.ts";

interface Service {
  readonly name: string;
  readonly arguments: readonly string[];
  readonly port: number;
  /** Answers 2xx once the process has something to show. Without it the open port is enough. */
  readonly readyPath?: string;
}

const emulator: Service = { name: "emulator", arguments: ["apps/emulator/src/main.ts", "--churn"], port: 10_407 };

/** Started once the emulator listens: a first read that finds nobody there would stand as a failure for an interval. */
const others: readonly Service[] = [
  {
    name: "exporter",
    arguments: ["apps/exporter/src/main.ts", "--config.file=deploy/local/fc-async.yaml"],
    port: 10_406,
    readyPath: "/-/ready",
  },
  {
    name: "slack-bot",
    arguments: ["apps/slack-bot/src/main.ts", "--config.file=deploy/local/fc-async.yaml"],
    port: 10_412,
    readyPath: "/-/ready",
  },
  { name: "explorer", arguments: ["apps/explorer/src/main.ts"], port: 10_409, readyPath: "/-/healthy" },
];

const environment = { SLACK_SIGNING_SECRET: DEVELOPMENT_SIGNING_SECRET, ...process.env };

const stopGraceMs = 10_000;
const children = new Map<string, ChildProcess>();
let stopping = false;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
// A parent that is killed outright forwards nothing; being adopted is the only sign of it.
const parentId = process.ppid;
setInterval(() => {
  if (process.ppid !== parentId) stop();
}, 1_000).unref();

await run(emulator);
await Promise.all(others.map((service) => run(service)));
if (!stopping) {
  console.log(`
fc-async is running against the emulator: no cloud account, three demo accounts, four regions, functions that come and go.

  Explorer   http://127.0.0.1:10409   (try the operation, see its signature, copy samples)
  Metrics    http://127.0.0.1:10406/metrics
  Targets    http://127.0.0.1:10406
  Emulator   http://127.0.0.1:10407   (for signed requests; its own lines above end with one to paste)
  Its state  http://127.0.0.1:10411/_emulator/state
  Slack bot  pnpm slack "/fc-async services"   (a signed command to http://127.0.0.1:10408/slack/events)
  Health     http://127.0.0.1:10412/-/ready
  Stop       Ctrl-C
`);
}

/** Starts a process and waits until it answers. */
async function run(service: Service): Promise<void> {
  if (stopping) return;
  // A group of its own: Ctrl-C in the terminal reaches this process only, which then asks each child once.
  const child = spawn(process.execPath, service.arguments, {
    detached: true,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.set(service.name, child);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => console.log(`${service.name.padEnd(9)} │ ${line}`));
  }
  child.on("exit", (code, signal) => {
    children.delete(service.name);
    if (!stopping) {
      console.error(
        `${service.name} ended (${signal ?? `exit code ${code}`}); its last lines above say why. Stopping the others.`,
      );
      process.exitCode = 1;
      stop();
    }
  });
  await untilReady(service);
}

function stop(): void {
  if (stopping) return;
  stopping = true;
  for (const child of children.values()) child.kill("SIGTERM");
  setTimeout(() => {
    for (const child of children.values()) child.kill("SIGKILL");
  }, stopGraceMs).unref();
}

async function untilReady({ port, readyPath }: Service): Promise<void> {
  while (!stopping) {
    try {
      if (readyPath === undefined) return await opened(port);
      const response = await fetch(`http://127.0.0.1:${port}${readyPath}`, { signal: AbortSignal.timeout(1_000) });
      await response.arrayBuffer();
      if (response.ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Connects and leaves: a request that is no operation would stand in the emulator's log. */
async function opened(port: number): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.destroy();
}
