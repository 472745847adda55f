import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Pinning } from "../machine/pinning.ts";
import type { Certificate } from "./make-certificate.ts";

const PROGRAM = fileURLToPath(new URL("page-server.ts", import.meta.url));

/** What the server counted since it started. */
export interface ServerFigures {
  connections: number;
  /** TLS handshakes, the resumed ones included. */
  handshakes: number;
  resumed: number;
  /** All delays of answers and of the first connection together, as long as they really were. */
  delayedMs: number;
}

export interface PageServerOptions {
  readonly pinning: Pinning;
  readonly pageCount: number;
  /** The round trip: waited before each answer, and twice before a TLS handshake. Default 0. */
  readonly delayMs?: number | undefined;
  /** Connections without a request for so long are closed. Default: never. */
  readonly idleCloseMs?: number | undefined;
  /** TLS with this certificate. Default: plain HTTP. */
  readonly certificate?: Certificate | undefined;
}

export interface PageServer {
  readonly origin: string;
  figures(): Promise<Readonly<ServerFigures>>;
  stop(): Promise<void>;
}

/** Starts a server in a process of its own. */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const { pinning, pageCount, delayMs = 0, idleCloseMs = 0, certificate } = options;
  const files = certificate === undefined ? [] : ["--certificate", certificate.file, "--key", certificate.keyFile];
  const flags = ["--pages", pageCount, "--delay-ms", delayMs, "--idle-close-ms", idleCloseMs, ...files].map(String);
  const [program = process.execPath, ...rest] = [...pinning.command, process.execPath, PROGRAM, ...flags];
  const child = spawn(program, rest, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const [port]: unknown[] = await once(child, "message");

  return {
    origin: `${certificate === undefined ? "http" : "https"}://127.0.0.1:${String(port)}`,
    async figures() {
      child.send("figures");
      const [figures]: ServerFigures[] = await once(child, "message");
      if (figures === undefined) throw new Error("the server sent no figures");
      return figures;
    },
    async stop() {
      child.disconnect();
      await once(child, "exit");
    },
  };
}
