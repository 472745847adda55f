import type { CommandProgram } from "@fc-async/daemon";
import { ENV_FLAGS } from "./env-flags.ts";
import { SERVE_FLAGS } from "./serve-flags.ts";

/** The commands of fc-async-emulator. */
export const COMMANDS = {
  serve: { description: "Serve the operation until Ctrl-C.", flags: SERVE_FLAGS },
  env: {
    description:
      'Print shell exports that point the vendor\'s SDK and fc-async at a running emulator: eval "$(fc-async-emulator env)".',
    flags: ENV_FLAGS,
  },
  seed: {
    description: "Print the built-in demo as a seed file to start from, with comments.",
    flags: {},
  },
};

/** The program as `readCommand` takes it. */
export function emulatorProgram(version: string): CommandProgram<typeof COMMANDS> {
  return {
    name: "fc-async-emulator",
    description: "A strict local emulator of Function Compute's ListStatefulAsyncInvocationFunctions.",
    version,
    commands: COMMANDS,
    defaultCommand: "serve",
  };
}
