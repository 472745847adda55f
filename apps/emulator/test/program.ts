import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs the program to its end; `folder`, when given, is written as `FOLDER` in what it printed. */
export function run(words: readonly string[], folder?: string): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...words], (error, stdout, stderr) => {
      const code = typeof error?.code === "number" ? error.code : 0;
      const output = stdout + stderr;
      resolve({ code, output: folder === undefined ? output : output.replaceAll(folder, "FOLDER") });
    });
  });
}

export interface Running {
  readonly greeting: string;
  readonly url: string;
  /** `http://127.0.0.1:10411`, empty when there is no admin API. */
  readonly adminUrl: string;
  /** Everything printed so far. */
  output(): string;
  stop(signal?: "SIGINT" | "SIGTERM"): Promise<{ readonly code: number | null; readonly output: string }>;
}

/** Starts the program on free ports, its own answers held against the contract, and waits until it has said what it serves. */
export async function start(...flags: readonly string[]): Promise<Running> {
  const ports = ["--listen-address=127.0.0.1:0", "--admin.listen-address=127.0.0.1:0"];
  const child = spawn(process.execPath, [main, "serve", ...ports, "--contract=fail", ...flags]);
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await expect.poll(() => output, { timeout: 10_000 }).toMatch(/Operation(?:.*\n){2}/);
  const greeting = output;
  return {
    greeting,
    url: /listens on (\S+)/.exec(greeting)?.[1] ?? "",
    adminUrl: /Admin API +(http:\/\/[^/]+)/.exec(greeting)?.[1] ?? "",
    output: () => output,
    async stop(signal = "SIGINT") {
      child.kill(signal);
      const [code]: unknown[] = await once(child, "close");
      return { code: typeof code === "number" ? code : null, output };
    },
  };
}

/** A folder of files. */
export interface Folder {
  readonly path: string;
  /** Writes a file and answers its path. */
  file(name: string, text: string): Promise<string>;
  remove(): Promise<void>;
}

export async function makeFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "fc-async-emulator-"));
  return {
    path,
    async file(name, text) {
      const file = join(path, name);
      await writeFile(file, text);
      return file;
    },
    remove: () => rm(path, { recursive: true }),
  };
}

/** A text with the ports that a system gave written as `PORT`. */
export function withoutPorts(text: string): string {
  return text.replaceAll(/:\d{4,5}\b/g, ":PORT");
}
