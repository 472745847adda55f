import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { CREDENTIALS } from "../clients/account.ts";
import { accountsOf } from "../clients/targets.ts";
import type { Pinning } from "../machine/pinning.ts";
import { scrapeOnce } from "./scrape-once.ts";
import { MEASURED_FLAGS, measuredServer, type MeasuredServer } from "./measured-server.ts";

/** As it is published. */
export const EXPORTER_PROGRAM: string = fileURLToPath(new URL("../../apps/exporter/dist/main.js", import.meta.url));

/** As the image and the systemd unit of deploy/ start it. */
const DEPLOYED_FLAGS = ["--max-semi-space-size=4"];
const EXPOSED_TIMEOUT_MS = 60_000;
const LOOK_AGAIN_MS = 50;
/** The most that a configuration may ask for; the walks of the bench shall not wait. */
const REQUESTS_PER_SECOND = 1000;

export interface ExporterToStart {
  readonly pinning: Pinning;
  /** For the configuration file. */
  readonly folder: string;
  /** A template, see `PageServer`. */
  readonly endpoint: string;
  readonly targets: number;
  /** Targets read at a time. Default: the exporter's own. */
  readonly concurrency?: number | undefined;
  readonly interval: "200ms" | "4s" | "1h";
  /** Rows of all targets together: it is started when all of them are exposed. */
  readonly rows: number;
}

/** Builds the exporter's bundle. */
export function buildExporter(): void {
  execFileSync("turbo", ["run", "build", "--filter=fc-async-exporter", "--output-logs=errors-only"]);
}

/** Writes the configuration of an exporter and answers its flags. */
export function exporterFlags({
  folder,
  endpoint,
  targets,
  concurrency,
  interval,
}: Omit<ExporterToStart, "pinning" | "rows">): readonly string[] {
  const file = join(folder, "fc-async.yaml");
  const credentials = { access_key_id: CREDENTIALS.accessKeyId, access_key_secret: CREDENTIALS.accessKeySecret };
  const accounts = accountsOf(targets).map(({ accountId, regions }) => ({
    account_id: accountId,
    regions,
    credentials,
    endpoint,
  }));
  const configuration = {
    poll: { interval, concurrency },
    limits: { requests_per_second: REQUESTS_PER_SECOND },
    accounts,
  };
  // JSON is YAML, too.
  writeFileSync(file, JSON.stringify(configuration));
  return [`--config.file=${file}`];
}

/** Starts the exporter's bundle in a process of its own, which must have been built, and waits until it exposes every row. */
export async function startExporter(options: ExporterToStart): Promise<MeasuredServer> {
  const flags = [...exporterFlags(options), "--web.listen-address=127.0.0.1:0"];
  const command = [...options.pinning.command, process.execPath, ...MEASURED_FLAGS, ...DEPLOYED_FLAGS];
  const [program = process.execPath, ...rest] = [...command, EXPORTER_PROGRAM, ...flags];
  const child = spawn(program, rest, { stdio: ["ignore", "ignore", "pipe", "ipc"] });
  const exited = once(child, "exit");
  if (child.stderr === null) throw new Error("the exporter's log cannot be read");
  const port = await listeningPort(child.stderr);
  const stop = async (): Promise<void> => {
    child.kill();
    await exited;
  };
  const server = measuredServer({ child, port, stop });
  await untilExposed(server.origin, options.rows);
  return server;
}

/** Reads the log to its end, so that it never fills up. */
function listeningPort(log: NodeJS.ReadableStream): Promise<number> {
  return new Promise((resolve, reject) => {
    const read: string[] = [];
    createInterface({ input: log })
      .on("line", (line) => {
        const [, port] = / msg=listening address=\S+:(\d+)/.exec(line) ?? [];
        if (port !== undefined) resolve(Number(port));
        if (read.length < 100) read.push(line);
      })
      .on("close", () => reject(new Error(`the exporter never listened:\n${read.join("\n")}`)));
  });
}

async function untilExposed(origin: string, rows: number): Promise<void> {
  const deadlineMs = performance.now() + EXPOSED_TIMEOUT_MS;
  for (;;) {
    const { body } = await scrapeOnce(origin, "identity");
    const exposed = body.toString("latin1").split("\naliyun_fc_async_task_function_info{").length - 1;
    if (exposed === rows) return;
    if (performance.now() > deadlineMs) throw new Error(`the exporter exposes ${exposed} rows instead of ${rows}`);
    await sleep(LOOK_AGAIN_MS);
  }
}
