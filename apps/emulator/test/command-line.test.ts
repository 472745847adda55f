import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestLine } from "../src/command-line/request-line.ts";
import packageJson from "../package.json" with { type: "json" };

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const shell = promisify(execFile);

/** Nine aliases of nine aliases each, nine levels deep. */
const ENDLESS = [
  "k0: &k0 [x]\n",
  ...Array.from({ length: 9 }, (_, i) => `k${i + 1}: &k${i + 1} [${`*k${i},`.repeat(9)}]\n`),
  "accounts: *k9\n",
].join("");

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fc-async-emulator-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs the program to its end; its folder is written as `FOLDER`. */
function run(...flags: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...flags], (error, stdout, stderr) => {
      const code = typeof error?.code === "number" ? error.code : 0;
      resolve({ code, output: (stdout + stderr).replaceAll(folder, "FOLDER") });
    });
  });
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

interface Running {
  readonly greeting: string;
  readonly url: string;
  stop(signal: "SIGINT" | "SIGTERM"): Promise<{ readonly code: number | null; readonly output: string }>;
}

/** Starts the program on a free port and waits until it has said what it serves. */
async function start(...flags: readonly string[]): Promise<Running> {
  const child = spawn(process.execPath, [main, "--listen-address=127.0.0.1:0", ...flags]);
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await expect.poll(() => output, { timeout: 10_000 }).toMatch(/Operation(?:.*\n){2}/);
  const greeting = output;
  return {
    greeting,
    url: /http:\/\/127\.0\.0\.1:\d+/.exec(greeting)?.[0] ?? "",
    async stop(signal) {
      child.kill(signal);
      const [code]: unknown[] = await once(child, "close");
      return { code: typeof code === "number" ? code : null, output };
    },
  };
}

const withoutPort = (text: string): string => text.replaceAll(/:\d{4,5}\b/g, ":PORT");

describe("start", () => {
  test("prints what it serves, the demo's throw-away keys, and a request to paste", async () => {
    const program = await start();
    await expect(withoutPort(program.greeting)).toMatchFileSnapshot("golden/greeting.txt");
    await program.stop("SIGINT");
  });

  test("prints a request that works when it is pasted", async () => {
    const program = await start();
    const commands = /\n {2}d=.*\n {2}s=.*\n {2}curl.*\n/.exec(program.greeting)?.[0] ?? "";
    const { stdout } = await shell("sh", ["-c", commands]);
    await program.stop("SIGTERM");
    expect(JSON.parse(stdout)).toMatchObject({ data: [{ serviceName: "billing-jobs" }, {}, {}] });
  });

  test.each(["SIGINT", "SIGTERM"] as const)("ends with 0 on %s", async (signal) => {
    const program = await start();
    await (await fetch(program.url)).text();
    expect((await program.stop(signal)).code).toBe(0);
  });

  test("serves a seed without printing its secrets, and arms the fault file", async () => {
    const seed = await file(
      "seed.yaml",
      `accounts:
  - accountId: "42"
    accessKeys: [{ accessKeyId: LTAI5tSeedKeyId0000, accessKeySecret: CanarySecret0000 }]
    regions: { eu-central-1: [{ serviceName: s, functionName: f, qualifier: LATEST }] }
`,
    );
    const faults = await file("faults.json", '[{ "match": {}, "times": "forever", "action": { "type": "silence" } }]');
    const program = await start(`--seed.file=${seed}`, `--fault.file=${faults}`, "--default-region=eu-central-1");
    await expect(withoutPort(program.greeting)).toMatchFileSnapshot("golden/greeting-of-a-seed.txt");
    const { output } = await program.stop("SIGINT");
    expect(output).not.toContain("CanarySecret");
  });

  test.each([
    ["info", 1],
    ["debug", 1],
    ["silent", 0],
  ])("logs a refused request at level %s: %i line", async (level, lines) => {
    const program = await start(`--log.level=${level}`);
    await (await fetch(`${program.url}/?${encodeURIComponent("line\nbreak")}`)).text();
    const { output } = await program.stop("SIGINT");
    const logged = output
      .slice(program.greeting.length)
      .split("\n")
      .filter((line) => line.includes("code=PathNotSupported"));
    expect(logged).toHaveLength(lines);
  });
});

describe("what is wrong", () => {
  test("in both files is named all at once with line and column, exit 2", async () => {
    const seed = await file(
      "wrong-seed.yaml",
      `accounts:
  - accountId: 1234567890123456
    accessKeys:
      - { accessKeyId: "A,B", accessKeySecret: "", foo: 1 }
    regions:
      cn-hangzhou:
        - { serviceName: a, functionName: 5 }
  - {}
`,
    );
    const faults = await file(
      "wrong-faults.yaml",
      `- match: { pgae: 3 }
  times: 0
  action: { type: status, status: 500 }
- match: {}
  times: forever
  action: { type: reste }
`,
    );
    const { code, output } = await run(`--seed.file=${seed}`, `--fault.file=${faults}`);
    expect(code).toBe(2);
    await expect(output).toMatchFileSnapshot("golden/wrong-files.txt");
  });

  test("in the syntax of a file is named with line and column, exit 2", async () => {
    const seed = await file("broken.yaml", 'a: [1\nb: "x');
    const { code, output } = await run(`--seed.file=${seed}`);
    expect(code).toBe(2);
    expect(output).toMatch(/^fc-async-emulator: FOLDER\/broken\.yaml:2:1: /m);
  });

  test("is a key given twice", async () => {
    const seed = await file("twice.yaml", "accounts: []\naccounts: []\n");
    expect(await run(`--seed.file=${seed}`)).toMatchObject({
      code: 2,
      output: expect.stringContaining("twice.yaml:2:1"),
    });
  });

  test.each([
    ["an alias without its anchor", "accounts: [*nope]\n"],
    ["an alias that unfolds without end", ENDLESS],
  ])("is %s, exit 2", async (_, text) => {
    const { code, output } = await run(`--seed.file=${await file("alias.yaml", text)}`);
    expect(code).toBe(2);
    expect(output).toMatch(/^fc-async-emulator: FOLDER\/alias\.yaml:\d+:\d+: .+$/m);
    expect(output.trimEnd().split("\n")).toHaveLength(1);
  });

  test("is a file that is not there, exit 2", async () => {
    const { code, output } = await run(`--seed.file=${join(folder, "nowhere.yaml")}`);
    expect(code).toBe(2);
    expect(output).toContain("FOLDER/nowhere.yaml: cannot be read (ENOENT");
  });

  test.each([
    [["--listen-address=10407"], "--listen-address: expected host:port, such as"],
    [["--listen-address=127.0.0.1:99999"], "--listen-address: expected a port from 0 to 65535"],
    [["--listen-address=[x]:1"], "--listen-address: expected an IPv6 address between the brackets"],
    [["--default-region=Nowhere 1"], "--default-region: expected a region id like cn-hangzhou"],
    [["--log.level=loud"], "--log.level: expected one of silent, info, debug"],
    [["--seed-file=x"], "unknown flag --seed-file"],
    [["serve"], 'unexpected argument "serve"'],
  ])("are the flags %j, exit 2", async (flags, message) => {
    const { code, output } = await run(...flags);
    expect(code).toBe(2);
    expect(output).toContain(`fc-async-emulator: ${message}`);
  });

  test("in several flags is named all at once", async () => {
    const { code, output } = await run("--listen-address=1", "--log.level=loud", "--seed-file=x");
    expect(code).toBe(2);
    expect(output.trimEnd().split("\n")).toHaveLength(3);
  });

  test("in flags and files is named all at once", async () => {
    const { code, output } = await run("--log.level=loud", `--seed.file=${join(folder, "nowhere.yaml")}`);
    expect(code).toBe(2);
    expect(output).toContain("--log.level: expected one of");
    expect(output).toContain("nowhere.yaml: cannot be read");
  });

  test("is a port that another process has, exit 1", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { code, output } = await run(`--listen-address=127.0.0.1:${port}`);
    other.close();
    expect({ code, output }).toEqual({
      code: 1,
      output: `fc-async-emulator: cannot listen on 127.0.0.1:${port}: another program uses this port. Stop it, or choose another port.\n`,
    });
  });
});

test("whatever stands in a request takes one line of the log", () => {
  const line = requestLine({
    atMs: 0,
    method: "GET",
    target: "/a\nb",
    host: "h",
    account: undefined,
    region: "cn-hangzhou",
    scheme: undefined,
    accessKeyId: 'key" status=200',
    nonce: undefined,
    dateMs: undefined,
    verdict: undefined,
    detail: "two\nlines\u001b[31m",
    page: undefined,
    fault: undefined,
    status: 400,
    code: undefined,
    requestId: "r",
  });
  // eslint-disable-next-line no-control-regex -- that none is left is the point
  expect(line).not.toMatch(/[\u0000-\u001f]/u);
  expect(line).toContain('target="/a\\nb" status=400');
  expect(line).toContain('key="key\\" status=200"');
});

describe("--help", () => {
  test("names every flag with its default", async () => {
    const { code, output } = await run("--help");
    expect(code).toBe(0);
    await expect(output).toMatchFileSnapshot("golden/help.txt");
  });
});

test("--version prints the version of the package", async () => {
  expect(await run("--version")).toEqual({ code: 0, output: `${packageJson.version}\n` });
});
