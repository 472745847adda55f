import { runPrometheus, type PrometheusToRun, type RunningPrometheus } from "./run-prometheus.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Starts the real Prometheus, which scrapes one target each second; it keeps its data in a folder that goes with the test. */
export async function startPrometheus(
  target: string,
  options: Pick<PrometheusToRun, "ruleFiles" | "scrape" | "configuration"> = {},
): Promise<RunningPrometheus> {
  return runPrometheus({ target, folder: await temporaryFolder(), ...options });
}
