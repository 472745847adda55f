import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Pinning } from "../machine/pinning.ts";
import { MEASURED_FLAGS, measuredServer, type MeasuredServer } from "./measured-server.ts";
import { startServerProcess } from "./server-process.ts";

/** What a server sends, whatever it is asked. */
export interface ConstantAnswer {
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

export interface BareHttpServerToStart {
  readonly pinning: Pinning;
  /** For the answer's files. */
  readonly folder: string;
  readonly answer: ConstantAnswer;
}

/** Starts a server in a process of its own that answers everything with the same bytes. */
export async function startBareHttpServer(options: BareHttpServerToStart): Promise<MeasuredServer> {
  const { pinning, folder, answer } = options;
  const headersFile = join(folder, "answer-headers.json");
  const bodyFile = join(folder, "answer-body");
  writeFileSync(headersFile, JSON.stringify(answer.headers));
  writeFileSync(bodyFile, answer.body);
  const args = [headersFile, bodyFile];
  return measuredServer(
    await startServerProcess({ pinning, program: "bare-http-server.js", args, nodeFlags: MEASURED_FLAGS }),
  );
}
