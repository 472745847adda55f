import { fileURLToPath } from "node:url";
import { DEMO_ACCOUNT } from "@fc-async/emulator";
import { beforeAll, expect, test } from "vitest";
import { runOrThrow } from "../run-to-end.ts";
import { startEmulator, type RunningEmulator } from "../start-emulator.ts";

const BUILT_IN_CLIENT = "NativeModule internal/deps/undici/undici";

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator();
  return () => emulator.stop();
});

/** Runs a module in a process of its own. Answers what it printed as JSON. */
async function printedBy(source: string): Promise<unknown> {
  const flags = ["--input-type=module-typescript", "--eval", source];
  return JSON.parse(await runOrThrow(fileURLToPath(new URL("..", import.meta.url)), process.execPath, flags));
}

const LOADED = `process.moduleLoadList.includes(${JSON.stringify(BUILT_IN_CLIENT)})`;

test("a walk on Node never loads the HTTP client behind the built-in fetch", async () => {
  const { accountId, region, accessKeyId, accessKeySecret } = DEMO_ACCOUNT;
  const options = { accountId, region, credentials: { accessKeyId, accessKeySecret }, endpoint: emulator.url };
  expect(
    await printedBy(`
      import { createFcClient } from "@fc-async/core";
      import { createNodeFetch, nodeHash } from "@fc-async/protocol/node";
      const fetch = createNodeFetch();
      const client = createFcClient({ ...${JSON.stringify(options)}, fetch, hash: nodeHash });
      let rows = 0;
      for await (const page of client.listPages({ limit: 10 })) rows += page.rows.length;
      fetch.close();
      console.log(JSON.stringify({ rows, isLoaded: ${LOADED} }));
    `),
  ).toEqual({ rows: 50, isLoaded: false });
});

test("a process that touches the built-in Headers shows what would be seen", async () => {
  expect(await printedBy(`new Headers(); console.log(JSON.stringify(${LOADED}));`)).toBe(true);
});
