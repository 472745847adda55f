import { spawnSync } from "node:child_process";
import type { TestContext } from "vitest";

/**
 * Skips the test, with a line that says why, where a program is not installed. Where `FC_ASYNC_REQUIRE_TOOLS` is 1 that is a
 * failure instead.
 */
export function requireProgram(name: string, context: TestContext): void {
  const { error } = spawnSync(name, ["--version"]);
  if (error === undefined) return;
  if (process.env["FC_ASYNC_REQUIRE_TOOLS"] === "1") throw error;
  context.skip(`${name} is not installed; FC_ASYNC_REQUIRE_TOOLS=1 makes that a failure`);
}
