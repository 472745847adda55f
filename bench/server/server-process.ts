import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Pinning } from "../machine/pinning.ts";

export interface ServerToStart {
  readonly pinning: Pinning;
  /** A program beside this file; it sends its port once it listens, and ends when its parent does. */
  readonly program:
    | "bare-http-server.js"
    | `${"page-server" | "prom-client-server" | "sdk-exporter" | "changing-exporter"}.ts`;
  readonly args: readonly string[];
  /** Flags of Node. Default: none. */
  readonly nodeFlags?: readonly string[] | undefined;
}

/** A server in a process of its own. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/**
 * Starts one of the bench's servers.
 *
 * @throws {Error} when it ends before it listens.
 */
export async function startServerProcess(options: ServerToStart): Promise<ServerProcess> {
  const { pinning, nodeFlags = [], args } = options;
  const file = fileURLToPath(new URL(options.program, import.meta.url));
  const [program = process.execPath, ...rest] = [...pinning.command, process.execPath, ...nodeFlags, file, ...args];
  const child = spawn(program, rest, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const exited = once(child, "exit");
  const port = await new Promise<number>((resolve, reject) => {
    child.once("message", (message) => resolve(Number(message)));
    child.once("exit", (code) => reject(new Error(`${options.program} ended with ${code} before it listened`)));
  });
  return {
    child,
    port,
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}
