import type { RequestListener } from "node:http";
import { promisify } from "node:util";
import { constants, crc32, deflateRaw } from "node:zlib";
import { yieldToLoop } from "@fc-async/daemon";
import { createExposition } from "@fc-async/exposition";
import type { InventoryStore, PollEvent, Target } from "@fc-async/inventory";
import { createSelfFamilies, type Build } from "./metrics/self-families.ts";
import { createTargetMetrics } from "./metrics/target-metrics.ts";
import { createHandler } from "./web/create-handler.ts";

export interface ExporterOptions {
  /** Read only: somebody else polls, and tells `observe`. */
  readonly store: InventoryStore;
  readonly targets: readonly Target[];
  /** Account id → its short name. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly intervalMs: number;
  /** Lists older than this are not exposed; 0 exposes any. */
  readonly maxStalenessMs: number;
  /** Of one target: above it the info series are left out, the counts stay exact. */
  readonly maxInfoSeries: number;
  readonly build: Build;
  /** Of the configuration in force. */
  readonly configHash: number;
  /** Default `/metrics`. */
  readonly telemetryPath?: string | undefined;
  /** Milliseconds on a clock that never goes back. Default `performance.now`. */
  readonly monotonicNow?: (() => number) | undefined;
  /** Told when something could not be rendered or answered. */
  readonly onError: (error: unknown) => void;
}

export interface Exporter {
  readonly handler: RequestListener;
  /** To be told of everything the poll loop does. */
  readonly observe: (event: PollEvent) => void;
  /** Resolves when every change so far is exposed. */
  readonly settled: () => Promise<void>;
  readonly stop: () => void;
}

const deflateRawAsync = promisify<Uint8Array, { level: number; finishFlush: number }, Uint8Array>(deflateRaw);

/** Joins store, counters, bytes and routes: a target is rendered when it changes, a scrape joins what is ready. */
export function createExporter(options: ExporterOptions): Exporter {
  const { store, telemetryPath = "/metrics", monotonicNow = () => performance.now() } = options;
  const exposition = createExposition({
    deflate: {
      deflateToFlush: (bytes) => deflateRawAsync(bytes, { level: 1, finishFlush: constants.Z_SYNC_FLUSH }),
      crc32: (bytes) => crc32(bytes),
    },
    yieldToLoop,
  });
  const targetMetrics = createTargetMetrics({ ...options, exposition });
  const selfFamilies = createSelfFamilies(monotonicNow);
  let storeIsUp = true;
  let storeWrittenAtMs: number | undefined;

  function observe(event: PollEvent): void {
    if (event.type === "store_down") storeIsUp = false;
    if (event.type === "store_up") storeIsUp = true;
    if (event.type === "poll_succeeded" || event.type === "poll_failed") {
      void store.now().then((nowMs) => (storeWrittenAtMs = nowMs), options.onError);
    }
    targetMetrics.observe(event);
  }

  const handler = createHandler({
    ...options,
    telemetryPath,
    version: options.build.version,
    scrape: async (how) => {
      // A store that does not answer must not take away what is known: `store_up` says so instead.
      await targetMetrics.refresh().catch(options.onError);
      const { build, configHash } = options;
      return exposition.scrape({
        ...how,
        self: await selfFamilies({ build, configHash, storeIsUp, storeWrittenAtMs }),
      });
    },
  });

  return { handler, observe, settled: () => targetMetrics.settled(), stop: () => targetMetrics.stop() };
}
