import { readFileSync } from "node:fs";

/**
 * The largest resident set of a process since its program began, in megabytes; `undefined` where the system does not tell. Not
 * `process.resourceUsage()`: what the parent took when it started the process is in that figure, too.
 */
export function largestResidentMegabytes(processId: number | "self"): number | undefined {
  try {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, "utf8")) ?? [];
    return kibibytes === undefined ? undefined : (Number(kibibytes) * 1024) / 1e6;
  } catch {
    return undefined;
  }
}
