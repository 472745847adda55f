import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const RETRY_MS = 1;

export interface ProgramToAsk {
  /** The arguments of Node. */
  readonly args: (port: number) => readonly string[];
  /** A whole request; its answer must be a 200. */
  readonly request: (port: number) => string;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Milliseconds from starting a fresh process to the first byte of its first right answer. */
export async function firstAnswerMs({ args, request, env }: ProgramToAsk): Promise<number> {
  const port = await freePort();
  const startedMs = performance.now();
  const child = spawn(process.execPath, args(port), { stdio: "ignore", env: { ...process.env, ...env } });
  let isEnded = false;
  child.once("exit", () => (isEnded = true));
  while (!(await answers(port, request(port)))) {
    if (isEnded) throw new Error(`${args(port).join(" ")} ended before it answered`);
    await sleep(RETRY_MS);
  }
  const tookMs = performance.now() - startedMs;
  child.kill();
  if (!isEnded) await once(child, "exit");
  return tookMs;
}

function answers(port: number, request: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(request));
    socket.once("data", (chunk) => {
      resolve(chunk.toString("latin1").startsWith("HTTP/1.1 200 "));
      socket.destroy();
    });
    socket.once("error", () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
