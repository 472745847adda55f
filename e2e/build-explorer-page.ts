import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runOrThrow } from "./run-to-end.ts";

const FOLDER = fileURLToPath(new URL("../apps/explorer", import.meta.url));

/** Builds the explorer's page alone, which takes less than a second. Once before all tests: two builds at a time would delete each other's files. */
export async function setup(): Promise<void> {
  await runOrThrow(FOLDER, process.execPath, [
    join(FOLDER, "node_modules/tsdown/dist/run.mjs"),
    "--filter=page",
    "--log-level=error",
  ]);
}
