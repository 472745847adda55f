import { execFile } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { createEmulator, demoAccounts, openApiContract } from "@fc-async/emulator";
import { startEmulatorServer } from "fc-async-emulator";
import { expect, onTestFinished, test } from "vitest";
import { configurationOf, startExporterScene } from "../exporter-scene.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const main = fileURLToPath(new URL("../../apps/exporter/src/main.ts", import.meta.url));
const ACCOUNTS = demoAccounts();
const PATIENCE = { timeout: 15_000, interval: 50 };

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function runExporter(...words: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...words], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });
}

async function oneRound(emulator: ReturnType<typeof createEmulator>): Promise<Ran> {
  const server = await startEmulatorServer({ emulator, hostname: "127.0.0.1", port: 0 });
  onTestFinished(() => server.close());
  const file = join(await temporaryFolder(), "fc-async.yaml");
  await writeFile(file, configurationOf(ACCOUNTS, server.endpointTemplate));
  return runExporter(`--config.file=${file}`, "--once");
}

test("--once reads every target, prints the metrics and nothing else, and ends with 0", async () => {
  const emulator = createEmulator({ accounts: ACCOUNTS, contract: openApiContract("fail") });
  const { code, stdout } = await oneRound(emulator);
  expect(code).toBe(0);
  expect(stdout.startsWith("# HELP aliyun_fc_async_task_functions ")).toBe(true);
  expect(stdout.match(/^aliyun_fc_async_task_up\{.*\} 1$/gmu)).toHaveLength(6);
});

test("--once ends with 1 when a target could not be read, with the metrics of all of them", async () => {
  const emulator = createEmulator({
    accounts: ACCOUNTS,
    contract: openApiContract("fail"),
    faults: [
      {
        match: { region: "eu-central-1" },
        times: "forever",
        action: { type: "status", status: 403, code: "AccessDenied" },
      },
    ],
  });
  const { code, stdout, stderr } = await oneRound(emulator);
  expect(code).toBe(1);
  expect(stdout.match(/^aliyun_fc_async_task_up\{.*\} 1$/gmu)).toHaveLength(5);
  expect(stdout).toMatch(/^aliyun_fc_async_task_up\{.*eu-central-1.*\} 0$/mu);
  expect(stderr).toMatch(/poll failed.*reason=denied/u);
});

test("case 38: on SIGTERM in the middle of a walk it stops asking, answers a scrape that is under way and ends with 0 within ten seconds", async () => {
  const emulator = createEmulator({
    accounts: ACCOUNTS,
    contract: openApiContract("fail"),
    faults: [{ match: {}, times: "forever", action: { type: "silence" } }],
  });
  const { exporter } = await startExporterScene(emulator, ACCOUNTS);
  await expect.poll(() => emulator.requests.length, PATIENCE).toBeGreaterThan(5);
  const scraping = connect(Number(new URL(exporter.url).port), "127.0.0.1");
  scraping.write("GET /metrics HTTP/1.1\r\nHost: exporter\r\n");
  // Behind this answer the head above has been seen.
  await fetch(`${exporter.url}/-/healthy`);
  const stoppedAtMs = performance.now();
  const stopped = exporter.stop("SIGTERM");
  await expect.poll(() => exporter.output(), PATIENCE).toContain("msg=stopping signal=SIGTERM");
  const asked = emulator.requests.length;
  scraping.write("\r\n");
  const answer = await text(scraping);
  expect(await stopped).toBe(0);
  expect(performance.now() - stoppedAtMs).toBeLessThan(10_000);
  expect(answer).toMatch(/^HTTP\/1\.1 200 /u);
  expect(answer).toContain("aliyun_fc_exporter_build_info");
  expect(exporter.output()).not.toMatch(/level=ERROR|poll failed/u);
  expect(emulator.requests).toHaveLength(asked);
});

test("health asks a running exporter: 0 while it serves, 1 and a sentence when nobody does", async () => {
  const emulator = createEmulator({ accounts: ACCOUNTS, contract: openApiContract("fail") });
  const { exporter } = await startExporterScene(emulator, ACCOUNTS);
  expect(await runExporter("health", `--url=${exporter.url}/-/healthy`)).toEqual({
    code: 0,
    stdout: `${exporter.url}/-/healthy answered 200\n`,
    stderr: "",
  });
  expect(await runExporter("health", `--url=${exporter.url}/nothing`)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("answered 404"),
  });
  await exporter.stop();
  const gone = await runExporter("health", `--url=${exporter.url}/-/healthy`);
  expect(gone).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("ECONNREFUSED") });
  expect(await runExporter("health", "--url=nonsense")).toMatchObject({ code: 2 });
});

test("verify reads one list with the configured keys and prints a report without keys and names", async () => {
  const emulator = createEmulator({ accounts: ACCOUNTS, contract: openApiContract("fail") });
  const server = await startEmulatorServer({ emulator, hostname: "127.0.0.1", port: 0 });
  onTestFinished(() => server.close());
  const file = join(await temporaryFolder(), "fc-async.yaml");
  await writeFile(file, configurationOf(ACCOUNTS, server.endpointTemplate));
  const { code, stdout, stderr } = await runExporter("verify", `--config.file=${file}`, "--region=cn-shanghai");
  expect(code).toBe(0);
  expect(stdout).toContain("# fc-async-exporter verify");
  expect(stdout).toMatch(/Verdicts \| \d+ as assumed, 0 differ, \d+ unknown/u);
  const [prod] = ACCOUNTS;
  const [key] = prod?.accessKeys ?? [];
  const names = emulator.rows("1000000000000001", "cn-shanghai").all();
  for (const secret of [key?.accessKeyId, key?.accessKeySecret, ...names.map(({ serviceName }) => serviceName)]) {
    expect(secret?.length).toBeGreaterThan(3);
    expect(stdout + stderr).not.toContain(secret);
  }
  expect(emulator.requests.length).toBeLessThanOrEqual(25);
}, 40_000);

test("with a collector each poll and each page is a span there, and a collector that is away stops nothing", async () => {
  const spans: string[] = [];
  const collect = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    spans.push(...Array.from(body.matchAll(/"name":"(fc_async\.\w+)"/gu), ([, name = ""]) => name));
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  };
  const collector = createServer((request, response) => void collect(request, response)).listen(0, "127.0.0.1");
  await once(collector, "listening");
  onTestFinished(() => void collector.close());
  const address = collector.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const emulator = createEmulator({ accounts: ACCOUNTS, contract: openApiContract("fail") });
  const server = await startEmulatorServer({ emulator, hostname: "127.0.0.1", port: 0 });
  onTestFinished(() => server.close());
  const file = join(await temporaryFolder(), "fc-async.yaml");
  await writeFile(file, configurationOf(ACCOUNTS, server.endpointTemplate));
  const flags = [`--config.file=${file}`, "--once"];
  expect(await runExporter(...flags, `--tracing.otlp-endpoint=http://127.0.0.1:${port}`)).toMatchObject({ code: 0 });
  expect(spans.toSorted()).toEqual([
    ...Array.from({ length: 6 }, () => "fc_async.page"),
    ...Array.from({ length: 6 }, () => "fc_async.poll"),
  ]);
  const away = await runExporter(...flags, "--tracing.otlp-endpoint=http://127.0.0.1:9");
  expect(away).toMatchObject({ code: 0, stderr: expect.stringContaining("the collector takes no spans") });
}, 40_000);

test("the debug port gives a CPU profile and a heap snapshot, one at a time and only to this machine", async () => {
  const emulator = createEmulator({ accounts: ACCOUNTS, contract: openApiContract("fail") });
  const { exporter } = await startExporterScene(emulator, ACCOUNTS, {}, ["--debug.listen-address=127.0.0.1:0"]);
  await expect.poll(() => exporter.output(), PATIENCE).toContain("msg=debugging");
  const url = `http://${/msg=debugging address=(\S+)/u.exec(exporter.output())?.[1]}`;
  const profiling = fetch(`${url}/debug/cpu?seconds=1`);
  await expect.poll(async () => (await fetch(`${url}/debug/heap`)).status, PATIENCE).toBe(409);
  const profile: unknown = await (await profiling).json();
  expect(profile).toMatchObject({ nodes: expect.any(Array), samples: expect.any(Array) });
  const heap: unknown = await (await fetch(`${url}/debug/heap`)).json();
  expect(heap).toMatchObject({ snapshot: { meta: expect.any(Object) } });
  expect((await fetch(`${url}/debug/cpu?seconds=0`)).status).toBe(400);
  expect((await fetch(`${url}/`, { headers: { origin: "https://evil.example" } })).status).toBe(403);
  expect((await fetch(`${url}/nothing`)).status).toBe(404);
  expect(await runExporter("--debug.listen-address=0.0.0.0:0")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("loopback"),
  });
});
