import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startProcess, type RunningProcess } from "./start-process.ts";

const FOLDER = fileURLToPath(new URL("../apps/explorer", import.meta.url));

/** The explorer as a process of its own. */
export interface RunningExplorer extends RunningProcess {
  /** `http://127.0.0.1:10409` */
  readonly url: string;
}

/** Starts fc-async-explorer on a free port, with an emulator behind it: `http://127.0.0.1:10407`. */
export async function startExplorer(emulatorUrl: string): Promise<RunningExplorer> {
  const { port } = new URL(emulatorUrl);
  const running = await startProcess({
    command: [
      join(FOLDER, "src/main.ts"),
      "--listen-address=127.0.0.1:0",
      `--emulator.endpoint=http://{account_id}.{region}.localhost:${port}`,
    ],
    ready: /msg=listening address=(\S+)/,
  });
  return { ...running, url: `http://${running.readyMatch[1]}` };
}
