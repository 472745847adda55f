import type { CommandProgram } from "@fc-async/daemon";
import { HEALTH_FLAGS } from "./health-flags.ts";
import { VERIFY_FLAGS } from "../verify/verify-flags.ts";
import { SERVE_FLAGS } from "./serve-flags.ts";

/** The commands of fc-async-exporter. */
export const COMMANDS = {
  serve: { description: "Poll the configured accounts and serve their metrics until Ctrl-C.", flags: SERVE_FLAGS },
  verify: {
    description: "Read one list of the configuration, ask the real service what no source settles, print a report.",
    flags: VERIFY_FLAGS,
  },
  health: {
    description: "Ask a running exporter whether it is healthy: exit code 0 or 1. For images without a shell.",
    flags: HEALTH_FLAGS,
  },
};

/** The program as `readCommand` takes it. `version` is what `--version` prints. */
export function exporterProgram(version: string): CommandProgram<typeof COMMANDS> {
  return {
    name: "fc-async-exporter",
    description: "Prometheus exporter: which Function Compute functions have asynchronous tasks enabled.",
    version,
    commands: COMMANDS,
    defaultCommand: "serve",
  };
}
