import type { DelayMs } from "./fault-rule.ts";

/** A delay in milliseconds, drawn where it is a distribution. `random` gives numbers from 0 up to 1. */
export function drawnDelayMs(ms: DelayMs, random: () => number): number {
  if (typeof ms === "number") return ms;
  if ("min" in ms) return ms.min + random() * (ms.max - ms.min);
  return ms.median * Math.exp(ms.sigma * standardNormal(random));
}

/** Box and Muller's transform. */
function standardNormal(random: () => number): number {
  // 1 - x, because the logarithm of 0 is infinite.
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
