/**
 * Loaded into a process before its own program (`node --import`): tells the bench over the process's channel what it takes. The
 * program need not know of it. JavaScript, because what Node takes to read TypeScript would be counted as the program's.
 */
import { monitorEventLoopDelay, performance } from "node:perf_hooks";

const NS_PER_MS = 1e6;
const delay = monitorEventLoopDelay({ resolution: 1 });
let cpuBefore = process.cpuUsage();
let startedMs = performance.now();

/** @param {boolean} watchLoop Whether to run the timer. */
function begin(watchLoop) {
  delay.disable();
  delay.reset();
  if (watchLoop) delay.enable();
  startedMs = performance.now();
  cpuBefore = process.cpuUsage();
}

/** @returns {import("./measured-server.ts").ToldFigures} What it took since it began. */
function figures() {
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    cpuUs: user + system,
    wallMs: performance.now() - startedMs,
    loopP99Ms: delay.percentile(99) / NS_PER_MS,
    loopMaxMs: delay.max / NS_PER_MS,
  };
}

process.on("message", (/** @type {import("./measured-server.ts").MeasuringMessage} */ message) => {
  if (message.measuring === "begin") begin(message.watchLoop);
  process.send?.(figures());
  if (message.measuring === "end") delay.disable();
});
process.on("disconnect", () => process.exit());
