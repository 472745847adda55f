import { emulatorRate } from "./e1-emulator-rate.ts";
import { emulatorStart } from "./e2-emulator-start.ts";
import { emulatorMemory } from "./e3-emulator-memory.ts";
import type { Goal } from "./goal.ts";
import { walkCpu } from "./p1-walk-cpu.ts";
import { roundTrips } from "./p2-round-trips.ts";
import { signing } from "./p4-signing.ts";
import { scrapeCpu } from "./p5-scrape-cpu.ts";
import { scrapeRate } from "./p6-scrape-rate.ts";
import { scrapeWhileChanging } from "./p7-scrape-while-changing.ts";
import { packedSize } from "./p12-packed-size.ts";
import { growth } from "./p13-growth.ts";
import { manyTargets } from "./p3-many-targets.ts";
import { rendering } from "./p8-rendering.ts";
import { memory } from "./p9-memory.ts";
import { coldStart } from "./p10-cold-start.ts";
import { whole } from "./p14-whole.ts";
import { pageSize } from "./x1-page-size.ts";
import { pageInteractive } from "./x2-page-interactive.ts";

/** Everything that is measured, in the order of the report. */
export const GOALS: readonly Goal[] = [
  walkCpu,
  roundTrips,
  manyTargets,
  signing,
  scrapeCpu,
  scrapeRate,
  scrapeWhileChanging,
  rendering,
  memory,
  coldStart,
  packedSize,
  growth,
  whole,
  emulatorRate,
  emulatorStart,
  emulatorMemory,
  pageSize,
  pageInteractive,
];
