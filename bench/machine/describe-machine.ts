import { availableParallelism, cpus, loadavg } from "node:os";
import type { Pinnings } from "./pinning.ts";

/** On what, and how, the figures came about. */
export function describeMachine(pinnings: Pinnings, rounds: number): string {
  const model = cpus()[0]?.model.trim() ?? "unknown CPU";
  const [loadOfOneMinute = 0] = loadavg();
  return (
    `${model}, ${availableParallelism()} CPUs, Node ${process.versions.node}, ${process.platform}; ` +
    `${pinnings.description}; ${rounds} interleaved rounds, a fresh process per sample; ` +
    `load average ${loadOfOneMinute.toFixed(1)} before the first.`
  );
}
