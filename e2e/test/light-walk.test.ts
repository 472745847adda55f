import { fileURLToPath } from "node:url";
import { DEMO_ACCOUNT } from "@fc-async/emulator";
import { expect, test } from "vitest";
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
