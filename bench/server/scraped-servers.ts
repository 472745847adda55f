import type { Pinnings } from "../machine/pinning.ts";
import type { MeasuredServer } from "./measured-server.ts";
import { scrapeOnce } from "./scrape-once.ts";
import { startBareHttpServer } from "./start-bare-http-server.ts";
import { startExporter, type ExporterToStart } from "./start-exporter.ts";
import { startPageServer } from "./start-page-server.ts";
import { startPromClientServer } from "./start-prom-client-server.ts";

const ROWS_PER_PAGE = 100;

/** The exporter and who is held against it. */
export type ScrapedServerName = "exporter" | "bare" | "prom-client";

export interface ScrapedServersOptions {
  readonly pinnings: Pinnings;
  readonly folder: string;
  readonly targets: number;
  /** Of each target, 100 rows each. */
  readonly pagesPerTarget: number;
}

/** Servers that answer a scrape with the same series. */
export interface ScrapedServers {
  /** Series that the exporter shows, of the targets and of itself. */
  readonly seriesCount: number;
  /** Starts one of them in a process of its own. */
  start(name: ScrapedServerName): Promise<MeasuredServer>;
  stop(): Promise<void>;
}

/**
 * Lets the exporter's bundle, which must have been built, read all targets once and takes what it answers: the bare server sends the
 * same compressed bytes, prom-client holds the same series.
 */
export async function prepareScrapedServers(options: ScrapedServersOptions): Promise<ScrapedServers> {
  const { pinnings, folder, targets, pagesPerTarget } = options;
  const pinning = pinnings.server;
  const pages = await startPageServer({ pinning: pinnings.surroundings, pageCount: pagesPerTarget });
  const exporter: ExporterToStart = {
    pinning,
    folder,
    endpoint: pages.endpoint,
    targets,
    interval: "1h",
    rows: targets * pagesPerTarget * ROWS_PER_PAGE,
  };
  const first = await startExporter(exporter);
  const answer = await scrapeOnce(first.origin, "gzip");
  const { body: exposition } = await scrapeOnce(first.origin, "identity");
  await first.stop();

  return {
    seriesCount: exposition.toString("latin1").match(/^[^#\n]/gm)?.length ?? 0,
    start(name) {
      if (name === "exporter") return startExporter(exporter);
      if (name === "bare") return startBareHttpServer({ pinning, folder, answer });
      return startPromClientServer({ pinning, folder, exposition });
    },
    stop: () => pages.stop(),
  };
}
