import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Pinning } from "../machine/pinning.ts";

const PROGRAM = fileURLToPath(new URL("bare-http-server.ts", import.meta.url));

/** Starts a server in a process of its own that answers everything with what stands in the file. */
export async function startBareHttpServer(
  pinning: Pinning,
  answerFile: string,
): Promise<{ readonly origin: string; stop(): Promise<void> }> {
  const [program, ...rest] = [...pinning.command, process.execPath, PROGRAM, answerFile];
  const child = spawn(program, rest, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const [port]: unknown[] = await once(child, "message");
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    async stop() {
      child.disconnect();
      await once(child, "exit");
    },
  };
}
