import { fileURLToPath } from "node:url";
import { startProcess, type RunningProcess } from "./start-process.ts";

const main = fileURLToPath(new URL("../apps/emulator/src/main.ts", import.meta.url));

/** The emulator as a process of its own. */
export interface RunningEmulator extends RunningProcess {
  /** `http://127.0.0.1:10407`: the account is the key's, the region `cn-hangzhou`. */
  readonly url: string;
}

/** Starts fc-async-emulator with its demo on a free port. */
export async function startEmulator(flags: readonly string[] = []): Promise<RunningEmulator> {
  const running = await startProcess({
    command: [main, "--listen-address=127.0.0.1:0", ...flags],
    ready: /^fc-async-emulator listens on (http:\S+)$/m,
  });
  return { ...running, url: running.readyMatch[1] ?? "" };
}
