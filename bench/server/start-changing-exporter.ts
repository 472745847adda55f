import type { Pinning } from "../machine/pinning.ts";
import { MEASURED_FLAGS, measuredServer, type MeasuredServer } from "./measured-server.ts";
import { startServerProcess } from "./server-process.ts";

export interface ChangingExporterToStart {
  readonly pinning: Pinning;
  /** One of its 50 targets gets another list so often; 0 = never. */
  readonly changeEveryMs: number;
}

/** Starts an exporter of 100,000 functions whose lists are changed on time, in a process of its own. */
export async function startChangingExporter(options: ChangingExporterToStart): Promise<MeasuredServer> {
  const { pinning, changeEveryMs } = options;
  const args = [`--change-every-ms=${changeEveryMs}`];
  return measuredServer(
    await startServerProcess({ pinning, program: "changing-exporter.ts", args, nodeFlags: MEASURED_FLAGS }),
  );
}
