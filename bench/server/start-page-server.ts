import { once } from "node:events";
import type { Pinning } from "../machine/pinning.ts";
import type { Certificate } from "./make-certificate.ts";
import { startServerProcess } from "./server-process.ts";

/** What the server counted since it started. */
export interface ServerFigures {
  connections: number;
  /** TLS handshakes, the resumed ones included. */
  handshakes: number;
  resumed: number;
  requests: number;
  /** All delays of answers and of the first connection together, as long as they really were. */
  delayedMs: number;
}

/** When each request arrived, in milliseconds on one clock, by the account that the first label of `Host` names. */
export type ArrivalsMs = Readonly<Record<string, readonly number[]>>;

export interface PageServerOptions {
  readonly pinning: Pinning;
  readonly pageCount: number;
  /** The round trip: waited before each answer, and twice before a TLS handshake. Default 0. */
  readonly delayMs?: number | undefined;
  /** Connections without a request for so long are closed. Default: never. */
  readonly idleCloseMs?: number | undefined;
  /** Every reading of the list finds another first row. Default: the list stays the same. */
  readonly changing?: boolean | undefined;
  /** Arrivals are kept, to be asked for. Default: no. */
  readonly keepArrivals?: boolean | undefined;
  /** TLS with this certificate. Default: plain HTTP. */
  readonly certificate?: Certificate | undefined;
}

/** The same list for whoever asks, under whatever host. */
export interface PageServer {
  readonly origin: string;
  /** A template with places for account and region, for clients that ask each account's own host. */
  readonly endpoint: string;
  figures(): Promise<Readonly<ServerFigures>>;
  arrivals(): Promise<ArrivalsMs>;
  stop(): Promise<void>;
}

/** Starts a server in a process of its own. */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const { pinning, pageCount, delayMs = 0, idleCloseMs = 0, changing = false, keepArrivals = false } = options;
  const { certificate } = options;
  const files = certificate === undefined ? [] : ["--certificate", certificate.file, "--key", certificate.keyFile];
  const switches = [...(changing ? ["--changing"] : []), ...(keepArrivals ? ["--keep-arrivals"] : [])];
  const numbers = ["--pages", pageCount, "--delay-ms", delayMs, "--idle-close-ms", idleCloseMs].map(String);
  const args = [...numbers, ...switches, ...files];
  const { child, port, stop } = await startServerProcess({ pinning, program: "page-server.ts", args });
  const protocol = certificate === undefined ? "http" : "https";

  async function ask<Answer>(question: "figures" | "arrivals"): Promise<Answer> {
    const answered = once(child, "message");
    child.send(question);
    const [answer]: Answer[] = await answered;
    if (answer === undefined) throw new Error(`the server sent no ${question}`);
    return answer;
  }

  return {
    origin: `${protocol}://127.0.0.1:${port}`,
    endpoint: `${protocol}://{account_id}.{region}.localhost:${port}`,
    figures: () => ask<ServerFigures>("figures"),
    arrivals: () => ask<ArrivalsMs>("arrivals"),
    stop,
  };
}
