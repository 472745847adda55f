import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readFlags } from "@fc-async/daemon";
import { DEMO_ACCOUNT } from "@fc-async/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { explorerProgram } from "../src/command-line/program.ts";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));

/** The program as one file, with a page of one line beside it; and the same without a page. */
let folder = "";
let main = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fc-async-explorer-"));
  main = await bundleInto("whole");
  await mkdir(join(folder, "whole/page/assets"), { recursive: true });
  await writeFile(join(folder, "whole/page/index.html"), "<!doctype html>the page");
  await writeFile(join(folder, "whole/page/assets/3f2a.js"), "1;");
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs a program to its end. */
function run(program: string, flags: readonly string[], cwd = folder): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, flags, { cwd, env: {} }, (error, stdout, stderr) => {
      const code = typeof error?.code === "number" ? error.code : 0;
      resolve({ code, output: stdout + stderr });
    });
  });
}

async function bundleInto(name: string): Promise<string> {
  const tsdown = join(PACKAGE, "node_modules/tsdown/dist/run.mjs");
  const flags = [tsdown, "--filter=program", `--out-dir=${join(folder, name)}`, "--no-clean", "--log-level=error"];
  const { code, output } = await run(process.execPath, flags, PACKAGE);
  if (code !== 0) throw new Error(output);
  return join(folder, name, "main.js");
}

const explorer = (...flags: readonly string[]): Promise<Ended> => run(process.execPath, [main, ...flags]);

describe("the program", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "serves the page beside it on a free port and ends with 0 on %s",
    async (signal) => {
      const child = spawn(process.execPath, [main, "--listen-address=localhost:0", "--log.level=debug"], {
        cwd: folder,
        env: {},
      });
      let log = "";
      child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
      await expect.poll(() => log, { timeout: 10_000 }).toMatch(/msg=listening address=localhost:\d+/);
      const origin = `http://${/address=(\S+)/.exec(log)?.[1]}`;
      expect(await (await fetch(origin)).text()).toBe("<!doctype html>the page");
      expect(await (await fetch(`${origin}/assets/3f2a.js`)).text()).toBe("1;");
      const settings = await (await fetch(`${origin}/settings.json`)).text();
      expect(settings).toContain(`"emulatorEndpoint":"http://{account_id}.{region}.localhost:10407"`);
      expect((await fetch(origin, { headers: { origin: "https://evil.example" } })).status).toBe(403);
      child.kill(signal);
      expect(await once(child, "close")).toEqual([0, null]);
      expect(log).toMatch(/level=DEBUG msg=answered method=GET path=\/ status=200/);
      expect(log).toMatch(/level=WARN msg=refused method=GET path=\/ status=403 .*code=foreign_origin/);
    },
  );

  test("says that its page is not built, exit 1", async () => {
    expect(await run(process.execPath, [await bundleInto("bare")])).toEqual({
      code: 1,
      output: "fc-async-explorer: the page is not built. Run pnpm --filter fc-async-explorer build.\n",
    });
  });

  test("says that another process has its port, exit 1", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { code, output } = await explorer(`--listen-address=127.0.0.1:${port}`);
    other.close();
    expect(code).toBe(1);
    expect(output).toContain(`fc-async-explorer: cannot listen on 127.0.0.1:${port}: another program uses this port`);
  });

  test("names every wrong flag at once, exit 2", async () => {
    const { code, output } = await explorer(
      "--listen-address=0.0.0.0:10409",
      "--emulator.endpoint=http://fc.example.com",
      "--emulator.account-id=abc",
      "--emulator.region=CN",
      "--emulator.access-key-id=",
      "--log.level=loud",
      "--emulator.endpont=x",
    );
    expect(code).toBe(2);
    await expect(output).toMatchFileSnapshot("golden/wrong-flags.txt");
  });

  test("prints its help, and its version", async () => {
    const help = await explorer("--help");
    await expect(help.output).toMatchFileSnapshot("golden/help.txt");
    expect(await explorer("--version")).toEqual({ code: 0, output: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  });
});

describe("the listen address", () => {
  const problemsOf = (address: string): readonly string[] => {
    const reading = readFlags(explorerProgram("1.2.3"), [`--listen-address=${address}`]);
    return reading.kind === "refused" ? reading.problems : [];
  };

  test.each(["127.0.0.1:0", "127.1.2.3:1", "localhost:10409", "LOCALHOST:1", "[::1]:10409"])("may be %s", (address) => {
    expect(problemsOf(address)).toEqual([]);
  });

  test.each([
    ":10409",
    "0.0.0.0:10409",
    "[::]:10409",
    "192.168.1.2:10409",
    "example.com:10409",
    "localhost.example.com:1",
    "[::ffff:127.0.0.1]:1",
  ])("may not be %s, which others reach", (address) => {
    expect(problemsOf(address)).toEqual([expect.stringContaining("an address of this machine alone")]);
  });
});

test("the page starts with the demo account of the emulator, whose key opens nothing else", () => {
  const reading = readFlags(explorerProgram("1.2.3"), []);
  if (reading.kind !== "run") throw new Error("the defaults are not right");
  const { values } = reading;
  expect({
    accountId: values["emulator.account-id"],
    region: values["emulator.region"],
    accessKeyId: values["emulator.access-key-id"],
    accessKeySecret: values["emulator.access-key-secret"],
  }).toEqual(DEMO_ACCOUNT);
});
