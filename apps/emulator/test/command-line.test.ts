import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { makeFolder, run, start, withoutPorts, type Ended, type Folder } from "./program.ts";

const shell = promisify(execFile);

/** Nine aliases of nine aliases each, nine levels deep. */
const ENDLESS = [
  "k0: &k0 [x]\n",
  ...Array.from({ length: 9 }, (_, i) => `k${i + 1}: &k${i + 1} [${`*k${i},`.repeat(9)}]\n`),
  "accounts: *k9\n",
].join("");

let folder: Folder;
beforeAll(async () => {
  folder = await makeFolder();
  return () => folder.remove();
});

const runHere = (...words: readonly string[]): Promise<Ended> => run(words, folder.path);

describe("start", () => {
  test("prints what it serves, the demo's throw-away keys, and a request to paste", async () => {
    const program = await start();
    await expect(withoutPorts(program.greeting)).toMatchFileSnapshot("golden/greeting.txt");
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
    const seed = await folder.file(
      "seed.yaml",
      `accounts:
  - accountId: "42"
    accessKeys: [{ accessKeyId: LTAI5tSeedKeyId0000, accessKeySecret: CanarySecret0000 }]
    regions: { eu-central-1: [{ serviceName: s, functionName: f, qualifier: LATEST }] }
`,
    );
    const faults = await folder.file(
      "faults.json",
      '[{ "match": {}, "times": "forever", "action": { "type": "silence" } }]',
    );
    const program = await start(`--seed.file=${seed}`, `--fault.file=${faults}`, "--default-region=eu-central-1");
    await expect(withoutPorts(program.greeting)).toMatchFileSnapshot("golden/greeting-of-a-seed.txt");
    const { output } = await program.stop("SIGINT");
    expect(output).not.toContain("CanarySecret");
  });

  test("says what is not as usual", async () => {
    const program = await start(
      "--churn",
      "--pagination=cycle:3",
      "--token-ttl=30s",
      "--skew=-20m",
      "--admin.listen-address=none",
    );
    // How many rows there are changes with the time.
    const said = withoutPorts(program.greeting).replaceAll(/(?<=rows: ).*/g, "…");
    await expect(said).toMatchFileSnapshot("golden/greeting-of-notes.txt");
    const date = (await fetch(program.url)).headers.get("date") ?? "";
    await program.stop();
    expect(program.adminUrl).toBe("");
    expect(Math.abs(Date.parse(date) + 20 * 60_000 - Date.now())).toBeLessThan(60_000);
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
    const seed = await folder.file(
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
    const faults = await folder.file(
      "wrong-faults.yaml",
      `- match: { pgae: 3 }
  times: 0
  action: { type: status, status: 500 }
- match: {}
  times: forever
  action: { type: reste }
`,
    );
    const { code, output } = await runHere(`--seed.file=${seed}`, `--fault.file=${faults}`);
    expect(code).toBe(2);
    await expect(output).toMatchFileSnapshot("golden/wrong-files.txt");
  });

  test("in the syntax of a file is named with line and column, exit 2", async () => {
    const seed = await folder.file("broken.yaml", 'a: [1\nb: "x');
    const { code, output } = await runHere(`--seed.file=${seed}`);
    expect(code).toBe(2);
    expect(output).toMatch(/^fc-async-emulator: FOLDER\/broken\.yaml:2:1: /m);
  });

  test("is a key given twice", async () => {
    const seed = await folder.file("twice.yaml", "accounts: []\naccounts: []\n");
    expect(await runHere(`--seed.file=${seed}`)).toMatchObject({
      code: 2,
      output: expect.stringContaining("twice.yaml:2:1"),
    });
  });

  test.each([
    ["an alias without its anchor", "accounts: [*nope]\n"],
    ["an alias that unfolds without end", ENDLESS],
  ])("is %s, exit 2", async (_, text) => {
    const { code, output } = await runHere(`--seed.file=${await folder.file("alias.yaml", text)}`);
    expect(code).toBe(2);
    expect(output).toMatch(/^fc-async-emulator: FOLDER\/alias\.yaml:\d+:\d+: .+$/m);
    expect(output.trimEnd().split("\n")).toHaveLength(1);
  });

  test("is a file that is not there, exit 2", async () => {
    const { code, output } = await runHere(`--seed.file=${join(folder.path, "nowhere.yaml")}`);
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
    [["sevre"], 'unknown command "sevre"; did you mean serve?'],
    [["env", "seed"], 'unexpected argument "seed"'],
    [["seed", "--churn"], "unknown flag --churn"],
    [["--admin.listen-address=off"], "--admin.listen-address: expected host:port, such as"],
    [["--pagination=cycle"], "--pagination: expected one of stable, offset, echo-token"],
    [["--pagination=cycle:0"], "--pagination: expected one of stable, offset, echo-token"],
    [["--token-ttl=0s"], "--token-ttl: expected a duration from 1ms to 3650d"],
    [["--skew=20"], "--skew: expected a duration from -3650d to 3650d"],
    [["--max-skew=-1m"], "--max-skew: expected a duration from 0d to 3650d"],
    [["--contract=strict"], "--contract: expected one of off, warn, fail"],
    [["--churn=6"], "--churn takes no value"],
    [["--tls.ca-file=ca.pem"], "--tls.ca-file: only --tls.self-signed makes a CA to write"],
    [["--tls.cert-file=nowhere.pem"], "--tls.key-file: is missing beside --tls.cert-file"],
    [["--tls.key-file=nowhere.pem"], "--tls.cert-file: is missing beside --tls.key-file"],
  ])("are the flags %j, exit 2", async (flags, message) => {
    const { code, output } = await runHere(...flags);
    expect(code).toBe(2);
    expect(output).toContain(`fc-async-emulator: ${message}`);
  });

  test("in several flags is named all at once", async () => {
    const { code, output } = await runHere("--listen-address=1", "--log.level=loud", "--seed-file=x");
    expect(code).toBe(2);
    expect(output.trimEnd().split("\n")).toHaveLength(3);
  });

  test("in flags and files is named all at once", async () => {
    const nowhere = `--seed.file=${join(folder.path, "nowhere.yaml")}`;
    for (const words of [["--log.level=loud"], ["serve", "--log.level=loud"], ["env", "--log.level=loud"]]) {
      const { code, output } = await runHere(...words, nowhere);
      expect(code).toBe(2);
      expect(output).toMatch(/^fc-async-emulator: (?:--log\.level: expected one of|unknown flag --log\.level)/m);
      expect(output).toContain("nowhere.yaml: cannot be read");
    }
  });

  test.each(["listen-address", "admin.listen-address"])(
    "is a port that another process has: --%s, exit 1",
    async (flag) => {
      const other = createServer().listen(0, "127.0.0.1");
      await once(other, "listening");
      const address = other.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      const { code, output } = await runHere(
        "--listen-address=:0",
        "--admin.listen-address=:0",
        `--${flag}=127.0.0.1:${port}`,
      );
      other.close();
      expect({ code, output }).toEqual({
        code: 1,
        output: `fc-async-emulator: --${flag}: cannot listen on 127.0.0.1:${port}: another program uses this port. Stop it, or choose another port.\n`,
      });
    },
  );
});

test.each([
  ["help", ["--help"]],
  ["help-serve", ["serve", "--help"]],
  ["help-env", ["env", "--help"]],
  ["help-seed", ["seed", "--help"]],
])("%s is told by %j", async (file, words) => {
  const { code, output } = await runHere(...words);
  expect(code).toBe(0);
  await expect(output).toMatchFileSnapshot(`golden/${file}.txt`);
});

test("--version prints the version of the package", async () => {
  expect(await runHere("--version")).toEqual({ code: 0, output: `${packageJson.version}\n` });
});
