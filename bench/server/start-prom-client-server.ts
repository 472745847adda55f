import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Pinning } from "../machine/pinning.ts";
import { MEASURED_FLAGS, measuredServer, type MeasuredServer } from "./measured-server.ts";
import { startServerProcess } from "./server-process.ts";

export interface PromClientServerToStart {
  readonly pinning: Pinning;
  /** For the file with the series. */
  readonly folder: string;
  /** Text format; the server shows the same series. */
  readonly exposition: Buffer;
}

/** Starts a server in a process of its own that renders a prom-client registry at each scrape and compresses what comes out. */
export async function startPromClientServer(options: PromClientServerToStart): Promise<MeasuredServer> {
  const { pinning, folder, exposition } = options;
  const file = join(folder, "exposition.txt");
  writeFileSync(file, exposition);
  return measuredServer(
    await startServerProcess({ pinning, program: "prom-client-server.ts", args: [file], nodeFlags: MEASURED_FLAGS }),
  );
}
