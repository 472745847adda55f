import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sendCommand } from "@fc-async/slack-sim";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signed, SIGNING_SECRET } from "./bot.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const ACCESS_KEY_SECRET = "CanaryAccessKeySecret0000000";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fc-async-slack-"));
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

type Environment = Readonly<Record<string, string>>;

/** Runs the program to its end; its folder is written as `FOLDER`. */
function run(
  flags: readonly string[],
  env: Environment = {},
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...flags], { env: { ...env } }, (error, stdout, stderr) => {
      const code = typeof error?.code === "number" ? error.code : 0;
      resolve({ code, output: (stdout + stderr).replaceAll(folder, "FOLDER") });
    });
  });
}

describe("a running bot", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "answers Slack, tells its health, and ends with 0 on %s",
    async (signal) => {
      const config = await file("good.yaml", CONFIG);
      const secretFile = await file("signing-secret", `${SIGNING_SECRET}\n`);
      const free = ["--web.listen-address=127.0.0.1:0", "--health.listen-address=127.0.0.1:0"];
      const child = spawn(process.execPath, [main, `--config.file=${config}`, ...free, "--log.level=debug"], {
        env: { SLACK_SIGNING_SECRET_FILE: secretFile },
      });
      let log = "";
      child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
      await expect.poll(() => log, { timeout: 10_000 }).toMatch(/serving Slack/u);
      const { web, health } = /address=127\.0\.0\.1:(?<web>\d+) .*health=(?<health>\S+)/u.exec(log)?.groups ?? {};

      const ready = async (): Promise<number> => (await fetch(`http://${health}/-/ready`)).status;
      await expect.poll(ready, { timeout: 10_000 }).toBe(200);
      const delivery = await sendCommand(
        `http://127.0.0.1:${web}/slack/events`,
        signed({ text: "services" }, Date.now()),
        {},
      );
      expect(delivery).toMatchObject({
        outcome: "answered",
        message: { text: "No list to show; 1 of 1 target missing" },
      });
      expect(JSON.stringify(delivery)).toContain("prod/cn-hangzhou: service unreachable");

      child.kill(signal);
      expect(await once(child, "close")).toEqual([0, null]);
      expect(log).toMatch(/msg="command answered".*verb=services/u);
      expect(log).toMatch(/msg="poll failed" target=fc2\/1234567890123456\/cn-hangzhou reason=network/u);
      expect(log).not.toContain(ACCESS_KEY_SECRET);
      expect(log).not.toContain(SIGNING_SECRET);
    },
  );
});

describe("what is wrong", () => {
  test("in configuration and environment is named all at once, exit 2", async () => {
    const config = await file(
      "wrong.yaml",
      "accounts:\n  - account_id: 12\n    regoins: []\nslack: { tables: maybe }\n",
    );
    const { code, output } = await run([`--config.file=${config}`], { SLACK_SIGNING_SECRET: " " });
    expect(code).toBe(2);
    expect(
      output.split("\n").filter((line) => line.startsWith("fc-async-slack: FOLDER/wrong.yaml:")).length,
    ).toBeGreaterThan(2);
    expect(output).toContain("fc-async-slack: SLACK_SIGNING_SECRET is empty;");
  });

  test("without a file is what the environment lacks, exit 2", async () => {
    const { code, output } = await run([]);
    expect(code).toBe(2);
    expect(output).toContain("ALIBABA_CLOUD_ACCOUNT_ID");
    expect(output).toContain("SLACK_SIGNING_SECRET is not set;");
  });

  test("are flags, all of them, exit 2", async () => {
    const { code, output } = await run(["--log.level=loud", "--web.listen-address=10408", "--slack.token=x"]);
    expect(code).toBe(2);
    expect(output).toMatch(/--log\.level: expected one of/u);
    expect(output).toMatch(/--web\.listen-address: expected host:port/u);
    expect(output).toMatch(/unknown flag --slack\.token/u);
    expect(output).toContain("fc-async-slack: SLACK_SIGNING_SECRET is not set;");
  });

  test.each(["web", "health"])("is a port of %s that another process has, exit 1", async (which) => {
    const config = await file("good.yaml", CONFIG);
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const flags = ["web", "health"].map((name) => `--${name}.listen-address=127.0.0.1:${name === which ? port : 0}`);
    const { code, output } = await run([`--config.file=${config}`, ...flags], { SLACK_SIGNING_SECRET: SIGNING_SECRET });
    other.close();
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining(
        `fc-async-slack: cannot listen on 127.0.0.1:${port}: another program uses this port`,
      ),
    });
  });
});

test("--help names every flag with its default", async () => {
  const { code, output } = await run(["--help"]);
  expect(code).toBe(0);
  await expect(output).toMatchFileSnapshot("golden/command-line-help.txt");
});

test("--version prints a version", async () => {
  expect(await run(["--version"])).toMatchObject({ code: 0, output: expect.stringMatching(/^\d+\.\d+\.\d+/u) });
});
