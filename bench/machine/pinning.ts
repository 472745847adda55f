import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** How every measured process is started. */
export interface Pinning {
  /** Goes before the program and its arguments; empty when nothing is pinned. */
  readonly command: readonly string[];
  readonly description: string;
}

/**
 * Client and server on one CPU. Unpinned, each turn of the two pays for waking up another CPU, which hides what a slow client
 * costs. Without `taskset` (it is part of util-linux) the processes run where they are put.
 */
export function choosePinning(): Pinning {
  const cpu = availableParallelism() > 1 ? 1 : 0;
  const { error, status } = spawnSync("taskset", ["-c", String(cpu), "true"]);
  if (error !== undefined || status !== 0) return { command: [], description: "not pinned, taskset is missing" };
  return { command: ["taskset", "-c", String(cpu)], description: `client and server pinned to CPU ${cpu}` };
}
