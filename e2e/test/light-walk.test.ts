import { fileURLToPath } from "node:url";
import { createEmulator, DEMO_ACCOUNT, demoAccounts } from "@fc-async/emulator";
import { startEmulatorServer } from "fc-async-emulator";
import { expect, onTestFinished, test } from "vitest";
import { configurationOf } from "../exporter-scene.ts";
import { startExporter } from "../start-exporter.ts";
import { runOrThrow } from "../run-to-end.ts";
import { startEmulator } from "../start-emulator.ts";

const PROGRAM = fileURLToPath(new URL("../walk-once.ts", import.meta.url));

/** What stands behind the global `fetch` and `Headers`, in Node's own list of loaded modules. */
const BUILT_IN_CLIENT = "internal/deps/undici/undici";

test("a walk on Node never loads the HTTP client behind the built-in fetch", async () => {
  const emulator = await startEmulator();
  const { accountId, region, accessKeyId, accessKeySecret } = DEMO_ACCOUNT;
  const options = { accountId, region, credentials: { accessKeyId, accessKeySecret }, endpoint: emulator.url };
  const printed = await runOrThrow(".", process.execPath, [PROGRAM, JSON.stringify(options), BUILT_IN_CLIENT]);
  await emulator.stop();
  expect(JSON.parse(printed)).toEqual({ rows: 50, isBuiltInClientLoaded: false });
});

test("a process that touches the built-in Headers would be seen", async () => {
  const source = `new Headers(); process.stdout.write(String(process.moduleLoadList.includes("NativeModule ${BUILT_IN_CLIENT}")))`;
  expect(await runOrThrow(".", process.execPath, ["--eval", source])).toBe("true");
});

test("the exporter polls, answers scrapes and people, and stops without it", async () => {
  const accounts = demoAccounts();
  const server = await startEmulatorServer({ emulator: createEmulator({ accounts }), hostname: "127.0.0.1", port: 0 });
  onTestFinished(() => server.close());
  const told = `process.on("exit", () => process.getBuiltinModule("node:fs").writeSync(2,
    "built-in client loaded: " + process.moduleLoadList.includes("NativeModule ${BUILT_IN_CLIENT}") + "\\n"))`;
  const exporter = await startExporter(configurationOf(accounts, server.endpointTemplate), {
    environment: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(told)}` },
  });
  await expect
    .poll(async () => (await fetch(`${exporter.url}/metrics`)).text(), { timeout: 10_000 })
    .toMatch(/^aliyun_fc_async_task_up\{.*\} 1$/m);
  for (const path of ["/", "/-/ready", "/config"]) expect((await fetch(`${exporter.url}${path}`)).status).toBe(200);
  await exporter.stop();
  expect(exporter.output()).toMatch(/^built-in client loaded: false$/m);
});
