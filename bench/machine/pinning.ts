import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** How a measured process is started. */
export interface Pinning {
  /** Goes before the program and its arguments; empty when nothing is pinned. */
  readonly command: readonly string[];
}

/** Where the processes of the bench run. */
export interface Pinnings {
  /** What is measured. A client that is measured shares it with its server. */
  readonly pinning: Pinning;
  /** A client that only loads the server that is measured: another CPU, where there is one. */
  readonly beside: Pinning;
  readonly description: string;
}

const UNPINNED: Pinning = { command: [] };

/**
 * A client that is measured shares one CPU with its server: each turn of the two would pay for waking up another CPU, which hides
 * what a slow client costs. A server that is measured has a CPU for itself: a client on the same one would interrupt it at every
 * answer. Without `taskset` (it is part of util-linux) the processes run where they are put.
 */
export function choosePinnings(): Pinnings {
  const { error, status } = spawnSync("taskset", ["-c", "0", "true"]);
  if (error !== undefined || status !== 0) {
    return { pinning: UNPINNED, beside: UNPINNED, description: "not pinned, taskset is missing" };
  }
  return availableParallelism() > 1
    ? {
        pinning: onCpu(1),
        beside: onCpu(0),
        description: "measured on CPU 1, a client with its server; what loads a measured server runs on CPU 0",
      }
    : { pinning: onCpu(0), beside: onCpu(0), description: "everything on one CPU" };
}

function onCpu(cpu: number): Pinning {
  return { command: ["taskset", "-c", String(cpu)] };
}
