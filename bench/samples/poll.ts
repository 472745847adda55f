/**
 * One sample: a fresh process that reads many targets at the same time, several times, and keeps the last complete list of each.
 * Prints wall time and loop delays of the first round, in which code is cold, and of the later ones, and the largest resident set.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createInventory } from "@fc-async/inventory";
import { createNodeFetch, nodeHash, type NodeFetch } from "@fc-async/protocol/node";
import { CREDENTIALS } from "../clients/account.ts";
import { accountsOf } from "../clients/targets.ts";
import { largestResidentMegabytes } from "../machine/largest-resident.ts";
import { burstAboveRate } from "../statistics/burst-above-rate.ts";
import { median } from "../statistics/median.ts";

const NS_PER_MS = 1e6;

const { values } = parseArgs({
  options: {
    client: { type: "string", default: "" },
    origin: { type: "string", default: "" },
    endpoint: { type: "string", default: "" },
    targets: { type: "string", default: "1" },
    /** Of each target. */
    rows: { type: "string", default: "0" },
    rounds: { type: "string", default: "1" },
    /** Requests a second and account. */
    rate: { type: "string", default: "1000000" },
  },
});
const targetCount = Number(values.targets);
const sentMs = new Map<string, number[]>();

/** Reads every target once, all at the same time, and answers how many rows are held. */
type ReadAll = () => Promise<number>;

async function readerOf(client: string): Promise<ReadAll> {
  if (client === "fc-async") return inventoryReader();
  if (client === "vendor-sdk") return vendorSdkReader();
  throw new Error(`there is no client "${client}"`);
}

/** Ours, as the exporter polls. */
function inventoryReader(): ReadAll {
  let succeeded = 0;
  let reading = Promise.withResolvers<void>();
  const inventory = createInventory({
    accounts: accountsOf(targetCount).map(({ accountId, regions }) => ({
      accountId,
      regions,
      credentials: () => CREDENTIALS,
      endpoint: values.endpoint,
    })),
    poll: { intervalMs: 3_600_000, concurrency: targetCount },
    limits: { requestsPerSecond: Number(values.rate) },
    fetch: countingFetch(),
    hash: nodeHash,
    yieldToLoop: () => setImmediate(),
    onEvent(event) {
      if (event.type === "poll_failed") reading.reject(event.error);
      if (event.type !== "poll_succeeded") return;
      succeeded += 1;
      if (succeeded === targetCount) reading.resolve();
    },
  });
  const ids = inventory.targets.map(({ target }) => target.id);

  return async () => {
    succeeded = 0;
    reading = Promise.withResolvers<void>();
    inventory.start();
    await inventory.store.hasten(ids);
    await reading.promise;
    const states = await inventory.store.states();
    return states.reduce((sum, { snapshot }) => sum + (snapshot?.rowCount ?? 0), 0);
  };
}

/** Notes for each account when a request is handed to the socket: there the limiter has decided, and the network has not yet. */
function countingFetch(): NodeFetch {
  const fetch = createNodeFetch();
  const sendBounded: NodeFetch["sendBounded"] = (request, bounds) => {
    const [account = ""] = request.origin.hostname.split(".");
    const sent = sentMs.get(account) ?? [];
    sentMs.set(account, sent);
    sent.push(performance.now());
    return fetch.sendBounded(request, bounds);
  };
  return Object.assign((...args: Parameters<NodeFetch>) => fetch(...args), { sendBounded, close: () => fetch.close() });
}

/** The SDK, its rows kept in columns by service, as ours are. */
async function vendorSdkReader(): Promise<ReadAll> {
  const { createVendorSdkWalk } = await import("../clients/vendor-sdk.ts");
  const walks = Array.from({ length: targetCount }, () => createVendorSdkWalk(values.origin));
  const held: Map<string, { readonly functionNames: string[]; readonly qualifiers: string[] }>[] = [];

  return async () => {
    await Promise.all(
      walks.map(async (walk, target) => {
        const services: (typeof held)[number] = new Map();
        await walk((rows) => {
          for (const { serviceName = "", functionName = "", qualifier = "" } of rows) {
            let service = services.get(serviceName);
            if (service === undefined) services.set(serviceName, (service = { functionNames: [], qualifiers: [] }));
            service.functionNames.push(functionName);
            service.qualifiers.push(qualifier);
          }
        });
        held[target] = services;
      }),
    );
    const counts = held.flatMap((services) => Array.from(services.values(), ({ qualifiers }) => qualifiers.length));
    return counts.reduce((sum, count) => sum + count, 0);
  };
}

const readAll = await readerOf(values.client);
const delay = monitorEventLoopDelay({ resolution: 1 });
const wallMs: number[] = [];
for (let round = 0; round < Number(values.rounds); round += 1) {
  // The first round has figures of its own: the delays of compiling are not those of reading.
  if (round === 1) delay.enable();
  const startedMs = performance.now();
  const rows = await readAll();
  wallMs.push(performance.now() - startedMs);
  if (rows !== targetCount * Number(values.rows)) throw new Error(`${rows} rows are held`);
}
delay.disable();

const [firstWallMs, ...steadyWallMs] = wallMs;
const figures = {
  firstWallMs,
  steadyWallMs: median(steadyWallMs),
  loopP99Ms: delay.percentile(99) / NS_PER_MS,
  loopMaxMs: delay.max / NS_PER_MS,
  cpuUs: process.cpuUsage().user + process.cpuUsage().system,
  /** Requests ahead of the rate when they were sent, of the busiest account. */
  sentAhead: Math.max(0, ...Array.from(sentMs.values(), (sent) => burstAboveRate(sent, Number(values.rate)))),
  maxResidentMegabytes: largestResidentMegabytes("self"),
};
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit());
