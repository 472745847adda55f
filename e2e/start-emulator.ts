import { fileURLToPath } from "node:url";
import { startProcess, type RunningProcess } from "./start-process.ts";

const main = fileURLToPath(new URL("../apps/emulator/src/main.ts", import.meta.url));

/** The emulator as a process of its own. */
export interface RunningEmulator extends RunningProcess {
  /** `http://127.0.0.1:10407`: the account is the key's, the region `cn-hangzhou`. */
  readonly url: string;
}

/** Starts fc-async-emulator on a free port, with its demo or whatever these flags say; it holds its answers to the contract. */
export async function startEmulator(...flags: readonly string[]): Promise<RunningEmulator> {
  const running = await startProcess({
    command: [main, "--listen-address=127.0.0.1:0", "--admin.listen-address=none", "--contract=fail", ...flags],
    ready: /^fc-async-emulator listens on (https?:\S+)$/m,
  });
  return { ...running, url: running.readyMatch[1] ?? "" };
}
