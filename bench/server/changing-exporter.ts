/**
 * The exporter as it is joined in its program, with a driver in place of the poll loop: what changes, changes on time and costs nothing
 * to read. Holds 50 lists of 2,000 functions; with `--change-every-ms` one target after the other gets another list. Sends its port
 * once all of them are exposed.
 */
import { parseArgs } from "node:util";
import { startServer, yieldToLoop } from "@fc-async/daemon";
import {
  createMemoryInventoryStore,
  createSnapshotBuilder,
  targetId,
  type PlannedTarget,
  type Snapshot,
} from "@fc-async/inventory";
import { createExporter, webPaths } from "fc-async-exporter";
import { accountsOf } from "../clients/targets.ts";

const TARGETS = 50;
const FUNCTIONS = 2_000;
const FUNCTIONS_PER_SERVICE = 100;
const LEASE_MS = 60_000;

const { values } = parseArgs({ options: { "change-every-ms": { type: "string", default: "0" } } });
const changeEveryMs = Number(values["change-every-ms"]);

const targets: readonly PlannedTarget[] = accountsOf(TARGETS).flatMap(({ accountId, regions }) =>
  regions.map((regionId) => ({
    target: { id: targetId("fc2", accountId, regionId), source: "fc2", accountId, regionId },
    alias: undefined,
    intervalMs: 60_000,
  })),
);
const store = createMemoryInventoryStore({ yieldToLoop });
const exporter = createExporter({
  store,
  plan: {
    targets,
    maxStalenessMs: 0,
    maxInfoSeries: 10_000,
    maxServiceSeries: 8_000,
    configHash: 0,
    configText: "",
  },
  build: { version: "0.0.0", revision: "", branch: "", nodeVersion: process.version },
  paths: webPaths({ telemetryPath: "/metrics", routePrefix: undefined, externalUrl: undefined }),
  onError(error) {
    throw error;
  },
});

/** One function of every list has another name in each version. */
async function snapshotOf(version: number): Promise<Snapshot> {
  const builder = createSnapshotBuilder(() => true, yieldToLoop);
  const rows = Array.from({ length: FUNCTIONS }, (_, row) => ({
    serviceName: `order-processing-${String(Math.floor(row / FUNCTIONS_PER_SERVICE)).padStart(3, "0")}`,
    functionName: `handle-order-event-${String(row === 0 ? -version : row).padStart(8, "0")}`,
    qualifier: "LATEST",
  }));
  builder.add({ rows, nextToken: undefined, quirks: [], requestId: undefined });
  return builder.finish({ startedAtMs: Date.now(), durationMs: 0 });
}

const versions: readonly Snapshot[] = [await snapshotOf(1), await snapshotOf(2)];

async function publish({ target }: PlannedTarget, snapshot: Snapshot | undefined): Promise<void> {
  const lease = await store.claim("bench", LEASE_MS, new Set([target.id]));
  if (lease === undefined || snapshot === undefined) throw new Error(`${target.id} cannot be published`);
  const { result } = await store.publish(lease, snapshot, 0);
  if (result !== "published") throw new Error(`${target.id} was fenced`);
  exporter.observe({ type: "poll_succeeded", target, snapshot, diff: undefined, nextDueAtMs: 0 });
}

await store.setTargets(targets.map(({ target }) => target));
for (const planned of targets) await publish(planned, versions[0]);
await exporter.settled();

let changes = 0;
if (changeEveryMs > 0) {
  setInterval(() => {
    const planned = targets[changes % TARGETS];
    const version = (Math.floor(changes / TARGETS) + 1) % versions.length;
    changes += 1;
    if (planned !== undefined) void publish(planned, versions[version]);
  }, changeEveryMs);
}
const { port } = await startServer(exporter.handler, { hostname: "127.0.0.1", port: 0 });
process.send?.(port);
