import type { Pinning } from "../machine/pinning.ts";
import { MEASURED_FLAGS, measuredServer, type MeasuredServer } from "./measured-server.ts";
import { startServerProcess } from "./server-process.ts";

export interface SdkExporterToStart {
  readonly pinning: Pinning;
  /** Of the page server. */
  readonly origin: string;
  readonly targets: number;
}

/** Starts the vendor's SDK and prom-client, joined, in a process of their own. */
export async function startSdkExporter({ pinning, origin, targets }: SdkExporterToStart): Promise<MeasuredServer> {
  const args = [`--origin=${origin}`, `--targets=${targets}`];
  return measuredServer(
    await startServerProcess({ pinning, program: "sdk-exporter.ts", args, nodeFlags: MEASURED_FLAGS }),
  );
}
