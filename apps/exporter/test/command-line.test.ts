import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { valuesOf } from "./exposed.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const ACCESS_KEY_SECRET = "CanaryAccessKeySecret0000000";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fc-async-exporter-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** An account whose endpoint is a port where nothing listens. */
const CONFIG = `accounts:
  - account_id: "1234567890123456"
    alias: prod
    regions: [cn-hangzhou]
    credentials: { access_key_id: LTAI5tExampleKeyId0000, access_key_secret: ${ACCESS_KEY_SECRET} }
    endpoint: "http://127.0.0.1:9"
`;

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** Runs the program to its end; its folder is written as `FOLDER`. */
function run(
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...flags], { env: { ...env } }, (error, stdout, stderr) => {
      const code = typeof error?.code === "number" ? error.code : 0;
      resolve({ code, output: (stdout + stderr).replaceAll(folder, "FOLDER") });
    });
  });
}

test.each(["SIGINT", "SIGTERM"] as const)("serves on several addresses and ends with 0 on %s", async (signal) => {
  const config = await file("good.yaml", CONFIG);
  const addresses = ["--web.listen-address=127.0.0.1:0", "--web.listen-address=localhost:0"];
  const child = spawn(process.execPath, [main, `--config.file=${config}`, ...addresses, "--log.level=debug"], {
    env: {},
  });
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  await expect.poll(() => log, { timeout: 10_000 }).toMatch(/polling for itself.* targets=1/u);
  const listening = Array.from(log.matchAll(/msg=listening address=(\S+)/gu), ([, address]) => address);
  expect(listening).toHaveLength(2);

  const ready = async (): Promise<number> => (await fetch(`http://${listening[1]}/-/ready`)).status;
  await expect.poll(ready, { timeout: 10_000 }).toBe(200);
  const text = await (await fetch(`http://${listening[0]}/metrics`)).text();
  expect(valuesOf(text, "aliyun_fc_async_task_up")).toEqual([0]);
  expect(text).toMatch(/poll_failures_total\{.*reason="network"\} 1/u);

  child.kill(signal);
  expect(await once(child, "close")).toEqual([0, null]);
  expect(log).toMatch(/msg="poll failed" target=fc2\/1234567890123456\/cn-hangzhou reason=network/u);
  expect(log + text).not.toContain(ACCESS_KEY_SECRET);
});

test("ends with 0 although a connection is open that never sends a request", async () => {
  const config = await file("good.yaml", CONFIG);
  const child = spawn(process.execPath, [main, `--config.file=${config}`, "--web.listen-address=127.0.0.1:0"], {
    env: {},
  });
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  await expect.poll(() => log, { timeout: 10_000 }).toMatch(/polling for itself/u);
  const socket = connect(Number(/address=127\.0\.0\.1:(\d+)/u.exec(log)?.[1]), "127.0.0.1");
  await once(socket, "connect");
  socket.on("error", () => undefined);
  child.kill("SIGTERM");
  expect(await once(child, "close")).toEqual([0, null]);
  expect(log).not.toMatch(/level=ERROR/u);
});

describe("what is wrong", () => {
  test("in the file is named all at once with line and column, exit 2", async () => {
    const text = "poll: { interval: soon }\naccounts:\n  - account_id: 12\n    regoins: []\n";
    const config = await file("wrong.yaml", text);
    const { code, output } = await run([`--config.file=${config}`]);
    expect(code).toBe(2);
    const problems = output.match(/^fc-async-exporter: FOLDER\/wrong\.yaml:\d+:\d+: .+$/gmu) ?? [];
    expect(problems.length).toBeGreaterThan(3);
    expect(problems.join("\n")).toContain("regoins");
  });

  test("without a file is what the environment lacks, exit 2", async () => {
    const { code, output } = await run([]);
    expect(code).toBe(2);
    expect(output).toContain("ALIBABA_CLOUD_ACCOUNT_ID");
    expect(output).toContain("FC_ASYNC_REGIONS");
  });

  test("are flags, all of them, exit 2", async () => {
    const flags = ["--log.level=loud", "--web.listen-address=10406", "--web.telemetry-path=metrics", "--web.listen=x"];
    const { code, output } = await run(flags);
    expect(code).toBe(2);
    expect(output).toMatch(/--log\.level: expected one of/u);
    expect(output).toMatch(/--web\.listen-address: expected host:port/u);
    expect(output).toMatch(/--web\.telemetry-path: expected a path/u);
    expect(output).toMatch(/unknown flag --web\.listen/u);
  });

  test("in flags and in the file is named all at once", async () => {
    const config = await file("wrong-too.yaml", "bogus: 1\naccounts: []\n");
    const { code, output } = await run(["--bogus", `--config.file=${config}`]);
    expect(code).toBe(2);
    expect(output.trimEnd().split("\n")).toEqual([
      "fc-async-exporter: unknown flag --bogus; see --help",
      expect.stringMatching(/^fc-async-exporter: FOLDER\/wrong-too\.yaml:1:1: bogus: unknown key/u),
      expect.stringMatching(/^fc-async-exporter: FOLDER\/wrong-too\.yaml:2:11: accounts: expected at least one/u),
    ]);
  });

  test("is a port that another process has, exit 1", async () => {
    const config = await file("good.yaml", CONFIG);
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const addresses = ["--web.listen-address=127.0.0.1:0", `--web.listen-address=127.0.0.1:${port}`];
    const { code, output } = await run([`--config.file=${config}`, ...addresses]);
    other.close();
    expect(code).toBe(1);
    expect(output).toContain(`fc-async-exporter: cannot listen on 127.0.0.1:${port}: another program uses this port`);
  });
});

describe("--config.check", () => {
  test("reads a file once, so that it may come through a pipe", async () => {
    const pipe = join(folder, "pipe.yaml");
    execFileSync("mkfifo", [pipe]);
    const written = writeFile(pipe, CONFIG);
    expect(await run([`--config.file=${pipe}`, "--config.check"])).toMatchObject({ code: 0 });
    await written;
  });

  test("says how many targets a right file has, and listens nowhere", async () => {
    const config = await file("good.yaml", CONFIG);
    expect(await run([`--config.file=${config}`, "--config.check"])).toEqual({
      code: 0,
      output: "FOLDER/good.yaml is right: 1 target.\n",
    });
  });

  test("refuses an endpoint that hands out tokens, exit 2", async () => {
    const config = await file("metadata.yaml", CONFIG.replace("http://127.0.0.1:9", "https://100.100.100.200"));
    const { code, output } = await run([`--config.file=${config}`, "--config.check"]);
    expect(code).toBe(2);
    expect(output).toMatch(/^fc-async-exporter: FOLDER\/metadata\.yaml:6:15: .*metadata addresses are refused/u);
  });
});

test.each([
  [["--help"], "command-line-help.txt"],
  [["serve", "--help"], "serve-help.txt"],
  [["health", "--help"], "health-help.txt"],
])("%j names what there is, every flag with its default", async (words, golden) => {
  const { code, output } = await run(words);
  expect(code).toBe(0);
  await expect(output).toMatchFileSnapshot(`golden/${golden}`);
});

test("--version prints version, branch and revision, build date, Node and platform", async () => {
  const { code, output } = await run(["--version"]);
  expect(code).toBe(0);
  expect(output.trimEnd().split("\n")).toEqual([
    expect.stringMatching(/^fc-async-exporter, version \d+\.\d+\.\d+ \(branch: \S+, revision: \S+\)$/u),
    expect.stringMatching(/^ {2}build date: +\S/u),
    expect.stringMatching(/^ {2}node version: +v\d+\./u),
    expect.stringMatching(/^ {2}platform: +\w+\/\w+$/u),
  ]);
});
