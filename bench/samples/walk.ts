/**
 * One sample: a fresh process in which one client walks the list several times. Prints one line of JSON: CPU time of the first
 * walk (client made, cold code) and of the steady ones in microseconds, wall time, and the largest resident set.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { isWalkClientName, WALK_CLIENTS } from "../clients/walk-clients.ts";
import { largestResidentMegabytes } from "../machine/largest-resident.ts";
import { median } from "../statistics/median.ts";

const { values } = parseArgs({
  options: {
    client: { type: "string", default: "" },
    origin: { type: "string", default: "" },
    rows: { type: "string", default: "0" },
    walks: { type: "string", default: "1" },
    "pause-ms": { type: "string", default: "0" },
  },
});
if (!isWalkClientName(values.client)) throw new Error(`there is no client "${values.client}"`);
const createWalk = await WALK_CLIENTS[values.client]();
const cpuUs: number[] = [];
const wallMs: number[] = [];
let walk: ReturnType<typeof createWalk> | undefined;

for (let index = 0; index < Number(values.walks); index += 1) {
  if (index > 0) await sleep(Number(values["pause-ms"]));
  const functionsOfService = new Map<string, number>();
  const cpuBefore = process.cpuUsage();
  const startedMs = performance.now();
  walk ??= createWalk(values.origin);
  await walk((rows) => {
    for (const { serviceName = "" } of rows) {
      functionsOfService.set(serviceName, (functionsOfService.get(serviceName) ?? 0) + 1);
    }
  });
  wallMs.push(performance.now() - startedMs);
  const { user, system } = process.cpuUsage(cpuBefore);
  cpuUs.push(user + system);
  const counted = [...functionsOfService.values()].reduce((sum, count) => sum + count, 0);
  if (counted !== Number(values.rows)) throw new Error(`${counted} rows came instead of ${values.rows}`);
}

const [firstCpuUs, ...steadyCpuUs] = cpuUs;
const figures = {
  firstCpuUs,
  steadyCpuUs: median(steadyCpuUs),
  firstWallMs: wallMs[0],
  maxResidentMegabytes: largestResidentMegabytes("self"),
};
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit());
