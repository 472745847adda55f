import { execFileSync } from "node:child_process";
import { defineConfig } from "tsdown";

/** From the environment, for builds without a repository beside them, else from git; empty where neither knows. */
function buildFact(variable: string, ...gitArguments: readonly string[]): string {
  const given = process.env[variable];
  if (given !== undefined) return given;
  try {
    return execFileSync("git", gitArguments, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "";
  }
}

// A container is Node plus these. Beside the program stand the thread that compares passwords, which daemon looks for there, and
// what is loaded only when it is asked for.
export default defineConfig({
  entry: { main: "src/main.ts", "bcrypt-worker": "../../packages/daemon/src/web/bcrypt-worker.ts" },
  platform: "node",
  fixedExtension: false,
  dts: false,
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
  define: {
    BUILD_REVISION: JSON.stringify(buildFact("BUILD_REVISION", "rev-parse", "HEAD")),
    BUILD_BRANCH: JSON.stringify(buildFact("BUILD_BRANCH", "rev-parse", "--abbrev-ref", "HEAD")),
    // Of the commit, so that the same sources give the same bundle.
    BUILD_DATE: JSON.stringify(buildFact("BUILD_DATE", "log", "-1", "--format=%cI")),
  },
});
