import type { RequestListener } from "node:http";
import { promisify } from "node:util";
import { constants, crc32, deflateRaw, zstdCompress } from "node:zlib";
import { yieldToLoop } from "@fc-async/daemon";
import { createExposition } from "@fc-async/exposition";
import type { InventoryStore, PollEvent } from "@fc-async/inventory";
import { createSelfFamilies, type Build } from "./metrics/self-families.ts";
import { createTargetMetrics, type TargetMetricsPlan } from "./metrics/target-metrics.ts";
import type { Reload, ReloadOutcome } from "./reload/create-reloader.ts";
import { createHandler } from "./web/create-handler.ts";
import type { WebPaths } from "./web/web-paths.ts";

/** What a configuration says about what is exposed; a reload brings another. */
export interface ExporterPlan extends TargetMetricsPlan {
  readonly configHash: number;
  /** The configuration in force, for people: secrets are masked. */
  readonly configText: string;
}

export interface ExporterOptions {
  /** Read only: somebody else polls, and tells `observe`. */
  readonly store: InventoryStore;
  readonly plan: ExporterPlan;
  readonly build: Build;
  readonly paths: WebPaths;
  /** Loads the configuration anew, on behalf of `POST /-/reload`. Without it there is no such route. */
  readonly reload?: Reload | undefined;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Milliseconds on a clock that never goes back. Default `performance.now`. */
  readonly monotonicNow?: (() => number) | undefined;
  /** Told when something could not be rendered or answered. */
  readonly onError: (error: unknown) => void;
}

export interface Exporter {
  readonly handler: RequestListener;
  /** To be told of everything the poll loop does. */
  readonly observe: (event: PollEvent) => void;
  /** Exposes by another plan: a target that is gone loses every series, one that stays keeps its counters. */
  readonly replan: (plan: ExporterPlan) => void;
  /** To be told what came of each attempt to load the configuration anew. */
  readonly observeReload: (outcome: ReloadOutcome) => void;
  /** What a scrape in the text format would answer, whole. */
  readonly exposition: () => Promise<string>;
  /** Resolves when every change so far is exposed. */
  readonly settled: () => Promise<void>;
  readonly stop: () => void;
}

const deflateRawAsync = promisify<Uint8Array, { level: number; finishFlush: number }, Uint8Array>(deflateRaw);
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const zstdCompressAsync = promisify<Uint8Array, typeof ZSTD, Uint8Array>(zstdCompress);

/** Joins store, counters, bytes and routes: a target is rendered when it changes, a scrape joins what is ready. */
export function createExporter(options: ExporterOptions): Exporter {
  const { store, build, now = Date.now, monotonicNow = () => performance.now() } = options;
  const exposition = createExposition({
    deflate: {
      deflateToFlush: (bytes) => deflateRawAsync(bytes, { level: 1, finishFlush: constants.Z_SYNC_FLUSH }),
      crc32: (bytes) => crc32(bytes),
    },
    zstdCompress: (bytes) => zstdCompressAsync(bytes, ZSTD),
    yieldToLoop,
  });
  const targetMetrics = createTargetMetrics({ ...options, exposition, monotonicNow });
  const selfFamilies = createSelfFamilies(monotonicNow);
  const startedAtMs = now();
  let { plan } = options;
  let configLoadedAtMs = startedAtMs;
  let lastReload: ReloadOutcome = { ok: true, targets: plan.targets.length };
  let storeIsUp = true;
  let storeWrittenAtMs: number | undefined;

  async function scrape(how: Parameters<typeof exposition.scrape>[0]): ReturnType<typeof exposition.scrape> {
    // A store that does not answer must not take away what is known: `store_up` says so instead.
    await targetMetrics.refresh().catch(options.onError);
    const { configHash } = plan;
    const lastReloadSucceeded = lastReload.ok;
    const state = { build, configHash, lastReloadSucceeded, configLoadedAtMs, storeIsUp, storeWrittenAtMs };
    return exposition.scrape({ ...how, self: await selfFamilies(state) });
  }

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
    now,
    monotonicNow,
    plan: () => plan,
    process: () => ({ build, startedAtMs, configLoadedAtMs, lastReload }),
    scrape,
    scrapeTarget: async (id, how) => {
      await targetMetrics.refresh().catch(options.onError);
      await targetMetrics.settled(id);
      return exposition.scrape({ ...how, target: id });
    },
  });

  return {
    handler,
    observe,
    replan(next) {
      plan = next;
      targetMetrics.replan(next);
    },
    observeReload(outcome) {
      lastReload = outcome;
      if (outcome.ok) configLoadedAtMs = now();
    },
    async exposition() {
      const { parts } = await scrape({ format: "text", encoding: "identity" });
      return Buffer.concat(parts).toString("utf8");
    },
    settled: () => targetMetrics.settled(),
    stop: () => targetMetrics.stop(),
  };
}
