import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** How a measured process is started. */
export interface Pinning {
  /** Goes before the program and its arguments; empty when nothing is pinned. */
  readonly command: readonly string[];
}

/** Where the processes of a bench run. */
export interface Pinnings {
  /**
   * Client and server on one CPU, to measure a client. Unpinned, each turn of the two pays for waking up another CPU, which hides
   * what a slow client costs.
   */
  readonly shared: Pinning;
  /**
   * A measured server alone on its CPU, to measure a server: its client would interrupt it at each answer, and what that costs would
   * be counted as the server's.
   */
  readonly server: Pinning;
  /** Whatever surrounds a server that is measured: who asks it, and whom it asks. */
  readonly surroundings: Pinning;
  readonly description: string;
}

/** Chooses the CPUs. Without `taskset` (it is part of util-linux) the processes run where they are put. */
export function choosePinnings(): Pinnings {
  const unpinned: Pinning = { command: [] };
  const { error, status } = spawnSync("taskset", ["-c", "0", "true"]);
  if (error !== undefined || status !== 0) {
    const description = "not pinned, taskset is missing";
    return { shared: unpinned, server: unpinned, surroundings: unpinned, description };
  }
  const cpu = availableParallelism() > 1 ? 1 : 0;
  const own = onCpu(cpu);
  const description =
    `clients measured on CPU ${cpu} beside their server, servers on CPU ${cpu} alone` +
    (cpu === 0 ? ", which this machine has only one of" : "");
  return { shared: own, server: own, surroundings: onCpu(0), description };
}

function onCpu(cpu: number): Pinning {
  return { command: ["taskset", "-c", String(cpu)] };
}
