/**
 * Loaded into a process before its own program (`node --import`): tells the bench over the process's channel what it takes. The
 * program need not know of it.
 */
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import type { MeasuringMessage, ProcessFigures } from "./measured-server.ts";

const NS_PER_MS = 1e6;
const delay = monitorEventLoopDelay({ resolution: 1 });
let cpuBefore = process.cpuUsage();
let startedMs = performance.now();

function begin(watchLoop: boolean): void {
  delay.disable();
  delay.reset();
  if (watchLoop) delay.enable();
  startedMs = performance.now();
  cpuBefore = process.cpuUsage();
}

function figures(): ProcessFigures {
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    cpuUs: user + system,
    wallMs: performance.now() - startedMs,
    maxResidentMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
    loopP99Ms: delay.percentile(99) / NS_PER_MS,
    loopMaxMs: delay.max / NS_PER_MS,
  };
}

process.on("message", (message: MeasuringMessage) => {
  if (message.measuring === "begin") begin(message.watchLoop);
  process.send?.(figures());
  if (message.measuring === "end") delay.disable();
});
process.on("disconnect", () => process.exit());
