import { emulatorRate } from "./e1-emulator-rate.ts";
import { emulatorStart } from "./e2-emulator-start.ts";
import { emulatorMemory } from "./e3-emulator-memory.ts";
import type { Goal } from "./goal.ts";
import { walkCpu } from "./p1-walk-cpu.ts";
import { roundTrips } from "./p2-round-trips.ts";
import { signing } from "./p4-signing.ts";
import { packedSize } from "./p12-packed-size.ts";
import { growth } from "./p13-growth.ts";
import { pageSize } from "./x1-page-size.ts";
import { pageInteractive } from "./x2-page-interactive.ts";

/** Everything that is measured, in the order of the report. */
export const GOALS: readonly Goal[] = [
  walkCpu,
  roundTrips,
  signing,
  packedSize,
  growth,
  emulatorRate,
  emulatorStart,
  emulatorMemory,
  pageSize,
  pageInteractive,
];
