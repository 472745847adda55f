/**
 * One sample: a fresh process that renders 100,000 series of 50 targets with one of two libraries, several times, each time after
 * something changed. Prints CPU times in microseconds. Fails when a series is missing. Needs `--expose-gc`.
 */
import { setImmediate } from "node:timers/promises";
import { parseArgs, promisify } from "node:util";
import { constants, crc32, deflateRaw, gzip } from "node:zlib";
import { createExposition, type Deflate, type Exposition, type TargetExposition } from "@fc-async/exposition";
import { accountsOf } from "../clients/targets.ts";
import { registryOf } from "../server/registry-of.ts";
import { median } from "../statistics/median.ts";

const TARGETS = 50;
const SERVICES = 20;
const FUNCTIONS_PER_SERVICE = 100;
const WARM_UPS = 3;
const TIMES = 5;

const { values } = parseArgs({ options: { library: { type: "string", default: "" } } });

const deflateRawAsync = promisify<Uint8Array, { level: number; finishFlush: number }, Uint8Array>(deflateRaw);
const gzipAsync = promisify<Uint8Array, { level: number }, Uint8Array>(gzip);

const DEFLATE: Deflate = {
  deflateToFlush: (bytes) => deflateRawAsync(bytes, { level: 1, finishFlush: constants.Z_SYNC_FLUSH }),
  crc32: (bytes) => crc32(bytes),
};
/** What rendering takes without compression: prom-client has none. No two stretches look alike to it, as if all had changed. */
let checksum = 0;
const NO_DEFLATE: Deflate = { deflateToFlush: () => Promise.resolve(new Uint8Array()), crc32: () => (checksum += 1) };

const collectGarbage = globalThis.gc;
if (collectGarbage === undefined) throw new Error("start with --expose-gc");

type Targets = readonly TargetExposition["labels"][];

const targets: Targets = accountsOf(TARGETS).flatMap(({ accountId, regions }) =>
  regions.map((regionId) => ({ account_id: accountId, region_id: regionId, fc_version: "2" })),
);

const ALL_AT_ONCE: readonly Targets[] = [targets];
const ONE_BY_ONE: readonly Targets[] = targets.map((target) => [target]);

/** New objects every time, as a new list has; the first function of each target has another name each time. */
function familiesOf(version: number): TargetExposition["families"] {
  // Texts as an answer of the service gives them: those that are put together here would be joined only when they are first read.
  const services: readonly ServiceNames[] = JSON.parse(JSON.stringify(servicesOf(version)));
  return [
    {
      name: "aliyun_fc_async_task_functions",
      samples: services.map(({ serviceName, functionNames }) => ({
        labels: { service_name: serviceName },
        value: functionNames.length,
      })),
    },
    {
      name: "aliyun_fc_async_task_function_info",
      samples: services.map(({ serviceName, functionNames }) => ({
        shared: { service_name: serviceName },
        columns: { function_name: functionNames, qualifier: functionNames.map(() => "LATEST") },
        value: 1 as const,
      })),
    },
  ];
}

interface ServiceNames {
  readonly serviceName: string;
  readonly functionNames: readonly string[];
}

function servicesOf(version: number): readonly ServiceNames[] {
  return Array.from({ length: SERVICES }, (_, service) => ({
    serviceName: `order-processing-${String(service).padStart(3, "0")}`,
    functionNames: Array.from(
      { length: FUNCTIONS_PER_SERVICE },
      (_row, row) => `handle-order-event-${String(row === 0 ? version : row).padStart(8, "0")}`,
    ),
  }));
}

/** Each of the targets after the other, and after each step a scrape: the small neighbours are compressed at the first that needs them. */
async function publish(exposition: Exposition, steps: readonly Targets[], version: number): Promise<number> {
  const changed = steps.map((step) => step.map((labels) => ({ labels, families: familiesOf(version) })));
  return cpuUsOf(async () => {
    for (const step of changed) {
      for (const target of step) {
        await exposition.setTarget(`fc2/${target.labels.account_id}/${target.labels.region_id}`, target);
      }
      await exposition.scrape({ format: "text", encoding: "gzip" });
    }
  });
}

async function cpuUsOf(work: () => Promise<unknown>): Promise<number> {
  // Each pays for its own garbage, and for no one else's.
  collectGarbage?.();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** The median after the code is warm. */
async function medianCpuUs(measure: (version: number) => Promise<number>): Promise<number> {
  const cpuUs: number[] = [];
  for (let version = 1; version <= WARM_UPS + TIMES; version += 1) cpuUs.push(await measure(version));
  return median(cpuUs.slice(WARM_UPS));
}

async function textOf(exposition: Exposition): Promise<string> {
  const { parts } = await exposition.scrape({ format: "text", encoding: "identity" });
  return Buffer.concat(parts).toString();
}

async function ofExposition(): Promise<Readonly<Record<string, number>>> {
  const plain = createExposition({ deflate: NO_DEFLATE, yieldToLoop: () => setImmediate() });
  const allPlainCpuUs = await medianCpuUs((version) => publish(plain, ALL_AT_ONCE, version));
  const exposition = createExposition({ deflate: DEFLATE, yieldToLoop: () => setImmediate() });
  const allCpuUs = await medianCpuUs((version) => publish(exposition, ALL_AT_ONCE, version));
  const oneCpuUs = (await medianCpuUs((version) => publish(exposition, ONE_BY_ONE, -version))) / TARGETS;
  checkSeries(await textOf(exposition));
  return { allPlainCpuUs, allCpuUs, oneCpuUs };
}

async function ofPromClient(): Promise<Readonly<Record<string, number>>> {
  const exposition = createExposition({ deflate: NO_DEFLATE });
  await publish(exposition, ALL_AT_ONCE, 0);
  const registry = registryOf(await textOf(exposition));
  checkSeries(await registry.metrics());
  const allPlainCpuUs = await medianCpuUs(() => cpuUsOf(() => registry.metrics()));
  const allCpuUs = await medianCpuUs(() =>
    cpuUsOf(async () => gzipAsync(Buffer.from(await registry.metrics()), { level: 1 })),
  );
  return { allPlainCpuUs, allCpuUs };
}

function checkSeries(text: string): void {
  const series = text.split("\naliyun_fc_async_task_function_info{").length - 1;
  if (series !== TARGETS * SERVICES * FUNCTIONS_PER_SERVICE) throw new Error(`${series} series were rendered`);
}

const measure = { exposition: ofExposition, "prom-client": ofPromClient }[values.library];
if (measure === undefined) throw new Error(`there is no library "${values.library}"`);
process.stdout.write(`${JSON.stringify(await measure())}\n`);
