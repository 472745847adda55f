import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { request as requestTls } from "node:https";
import { rootCertificates } from "node:tls";
import { http } from "@fc-async/protocol/node";

/** What an exporter answered to the question for its health. */
export interface Health {
  readonly healthy: boolean;
  /** One line for a person. */
  readonly words: string;
}

export interface HealthQuestion {
  readonly url: URL;
  /** Certificates to trust beside the system's. */
  readonly caFile: string | undefined;
  readonly timeoutMs: number;
}

/**
 * Asks a running exporter. Healthy is who answers 2xx, and who asks for a password: only a process that serves does.
 * Never rejects.
 */
export async function checkHealth({ url, caFile, timeoutMs }: HealthQuestion): Promise<Health> {
  try {
    const ca = caFile === undefined ? undefined : [...rootCertificates, await readFile(caFile, "utf8")];
    const status = await statusOf(url, ca, AbortSignal.timeout(timeoutMs));
    const healthy = (status >= 200 && status < 300) || status === 401;
    return { healthy, words: `${url.href} answered ${status}` };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === "AbortError";
    const why = isTimeout ? `no answer within ${timeoutMs} ms` : error instanceof Error ? error.message : String(error);
    return { healthy: false, words: `${url.href}: ${why}` };
  }
}

function statusOf(url: URL, ca: readonly string[] | undefined, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const answered = (message: IncomingMessage): void => {
      message.resume();
      resolve(message.statusCode ?? 0);
    };
    const sent =
      url.protocol === "https:"
        ? requestTls(url, { agent: false, signal, ...(ca === undefined ? {} : { ca: [...ca] }) }, answered)
        : http.request(url, { agent: false, signal }, answered);
    sent.once("error", reject).end();
  });
}
