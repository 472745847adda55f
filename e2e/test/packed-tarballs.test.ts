import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DEMO_ACCOUNT, demoAccounts } from "@fc-async/emulator";
import { chromium } from "playwright-core";
import { beforeAll, expect, onTestFinished, test, vi, type TestContext } from "vitest";
import { installPackedPackages, installRuntime, type Project, type Runtime } from "../packed-packages.ts";
import { requireProgram } from "../required-program.ts";
import { runOrThrow, runToEnd } from "../run-to-end.ts";
import { startEmulator, type RunningEmulator } from "../start-emulator.ts";
import { importMapFor, startPageServer } from "../start-page-server.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BROWSER_PACKAGES = ["@fc-async/core", "@fc-async/protocol", "openapi-fetch"];
const RUNTIMES: readonly (Runtime & { readonly flags: readonly string[] })[] = [
  {
    name: "deno",
    version: "2.9.6",
    flags: ["run", "--allow-net=127.0.0.1", "--no-remote", "--node-modules-dir=manual"],
  },
  { name: "bun", version: "1.4.5", flags: ["run"] },
];
const END = "the list is complete";

/** Rows as the README's program prints them. */
const EXPECTED = demoAccounts()
  .flatMap(({ accountId, regions }) => (accountId === DEMO_ACCOUNT.accountId ? regions[DEMO_ACCOUNT.region] : []))
  .map((row) => `${row?.serviceName} ${row?.functionName} ${row?.qualifier}`)
  .toSorted();

// Building and installing take their time where nothing is cached yet.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let project: Project;
let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator();
  return () => emulator.stop();
});
beforeAll(async () => {
  project = await installPackedPackages();
  return () => project.remove();
});

function readText(path: string): Promise<string> {
  return readFile(join(ROOT, path), "utf8");
}

/** The program of the README with values for the names it leaves open. */
async function readmeProgram(): Promise<string> {
  const [, program] = /```ts\n([^`]*createFcClient[^`]*)```/.exec(await readText("README.md")) ?? [];
  if (program === undefined) throw new Error("README.md has no program with createFcClient");
  const { accountId, accessKeyId, accessKeySecret } = DEMO_ACCOUNT;
  const values = Object.entries({ accountId, accessKeyId, accessKeySecret });
  const constants = values.map(([name, value]) => `const ${name} = ${JSON.stringify(value)};\n`);
  return `${constants.join("")}${program}console.log(${JSON.stringify(END)});\n`;
}

/** The same program for an emulator instead of the service. */
async function programFor(endpoint: string): Promise<string> {
  const program = await readmeProgram();
  const directed = program.replace('region: "cn-hangzhou"', `$&, endpoint: ${JSON.stringify(endpoint)}`);
  expect(directed).not.toBe(program);
  return directed;
}

async function writeProgram(name: string, program: string): Promise<string> {
  await writeFile(join(project.folder, name), program);
  return name;
}

function expectWholeList(lines: readonly string[]): void {
  expect(EXPECTED).toHaveLength(50);
  expect(lines.at(-1)).toBe(END);
  expect(lines.slice(0, -1).toSorted()).toEqual(EXPECTED);
}

/** Runs a program in the project; it must print the list and nothing else. */
async function expectRunPrintsTheList(program: string, arguments_: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await runToEnd(project.folder, program, arguments_);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expectWholeList(stdout.trimEnd().split("\n"));
}

test("the README's program lists the demo in Node, as it is written, with the packed emulator for the network", async () => {
  const network = `import { createEmulator, demoAccounts, openApiContract } from "@fc-async/emulator";
globalThis.fetch = createEmulator({ accounts: demoAccounts(), contract: openApiContract("fail") }).fetch;
`;
  const file = await writeProgram("as-written.js", network + (await readmeProgram()));
  await expectRunPrintsTheList(process.execPath, [file]);
});

test("the README's program lists the demo in Node over HTTP", async () => {
  await expectRunPrintsTheList(process.execPath, [await writeProgram("list.js", await programFor(emulator.url))]);
});

test("the README's program type-checks against the packed declarations, and a wrong one does not", async () => {
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "--lib", "es2024,dom"];
  const compile = (file: string): ReturnType<typeof runToEnd> =>
    runToEnd(project.folder, join(ROOT, "node_modules/.bin/tsc"), [...options, file]);
  const program = await readmeProgram();
  expect(await compile(await writeProgram("right.ts", program))).toMatchObject({ code: 0, stdout: "" });
  const wrong = await compile(await writeProgram("wrong.ts", program.replace("fn.qualifier", "fn.version")));
  expect(wrong).toMatchObject({ code: 1, stdout: expect.stringContaining("Property 'version' does not exist") });
});

test("the program of the emulator's README puts an emulator on a socket and takes it off again", async () => {
  const [, program] = /```ts\n([^`]*startEmulatorServer[^`]*)```/.exec(await readText("apps/emulator/README.md")) ?? [];
  const printed = await runOrThrow(project.folder, process.execPath, [await writeProgram("server.js", program ?? "")]);
  expect(printed).toMatch(/^http:\/\/127\.0\.0\.1:(\d+) http:\/\/\{account_id\}\.\{region\}\.localhost:\1\n$/);
});

test("the packed emulator's program runs", async () => {
  const program = join(project.folder, "node_modules/.bin/fc-async-emulator");
  expect(await runOrThrow(project.folder, program, ["--help"])).toMatch(/^Usage: fc-async-emulator /);
});

test.for(RUNTIMES)("the README's program lists the demo in $name $version", async (wanted, context: TestContext) => {
  const { name, version, flags } = wanted;
  const runtime = await installRuntime(project, wanted, process.env["FC_ASYNC_REQUIRE_TOOLS"] === "1");
  if (runtime === undefined) {
    context.skip(`${name} ${version} is not in npm's cache; FC_ASYNC_REQUIRE_TOOLS=1 downloads it (100 MB)`);
  }
  expect(await runOrThrow(project.folder, runtime, ["--version"])).toContain(version);
  await expectRunPrintsTheList(runtime, [...flags, await writeProgram(`${name}.js`, await programFor(emulator.url))]);
});

test("the README's program lists the demo in Chromium", async (context) => {
  requireProgram("chromium", context);
  const server = await startPageServer({
    folder: project.folder,
    upstream: emulator.url,
    page: async (origin) => `<!doctype html>
<link rel="icon" href="data:," />
<script type="importmap">${await importMapFor(project.folder, BROWSER_PACKAGES)}</script>
<script type="module">${await programFor(origin)}</script>`,
  });
  onTestFinished(() => server.close());
  const executablePath = (await runOrThrow(project.folder, "sh", ["-c", "command -v chromium"])).trim();
  const browser = await chromium.launch({ executablePath });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const lines: string[] = [];
  const errors: Error[] = [];
  page.on("console", (message) => lines.push(message.text()));
  page.on("pageerror", (error) => errors.push(error));

  await page.goto(server.origin);
  await expect.poll(() => lines.at(-1) === END || errors.length > 0, { timeout: 20_000 }).toBe(true);
  expect(errors).toEqual([]);
  expectWholeList(lines);
});
