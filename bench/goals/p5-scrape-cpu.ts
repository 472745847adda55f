import { comparisonRow, countRow, figureRow, ratioRow, type GoalRow } from "../report/goal-row.ts";
import { measureRounds, ratiosOf } from "../samples/rounds.ts";
import { runSample } from "../samples/run-sample.ts";
import { prepareScrapedServers, type ScrapedServerName } from "../server/scraped-servers.ts";
import { buildExporter } from "../server/start-exporter.ts";
import type { Bench, Goal } from "./goal.ts";

const TARGETS = 50;
const PAGES_PER_TARGET = 20;
const SERVERS = ["exporter", "bare", "prom-client"] as const satisfies ScrapedServerName[];
const WARM_UP_SECONDS = 1;
const SECONDS = 3;

/** P5: CPU of a scrape of 100,000 series, compressed, against one constant Buffer of the same bytes and against prom-client. */
export const scrapeCpu: Goal = {
  id: "P5",
  async measure({ pinnings, rounds, folder }: Bench): Promise<readonly GoalRow[]> {
    const goal = "P5";
    buildExporter();
    const servers = await prepareScrapedServers({
      pinnings,
      folder,
      targets: TARGETS,
      pagesPerTarget: PAGES_PER_TARGET,
    });
    const sizes = new Set<number>();
    const measured = await measureRounds(rounds, SERVERS, async (name) => {
      const server = await servers.start(name);
      const scrapes = (seconds: number): ReturnType<typeof runSample> =>
        runSample("scrape", { pinning: pinnings.surroundings, flags: { origin: server.origin, seconds } });
      await scrapes(WARM_UP_SECONDS);
      const { result, took } = await server.measure(() => scrapes(SECONDS));
      await server.stop();
      if (name === "exporter") sizes.add(result.get("bodyBytes"));
      return took.cpuUs / result.get("answers");
    });
    await servers.stop();

    const ratios = (above: ScrapedServerName, below: ScrapedServerName): number[] =>
      ratiosOf(measured, above, below, (cpuUs) => cpuUs);
    const ms = (name: ScrapedServerName): number[] => (measured.get(name) ?? []).map((cpuUs) => cpuUs / 1000);
    const kilobytes = [...sizes].map((bytes) => Math.round(bytes / 1000));
    return [
      ratioRow({ goal, what: "CPU of a scrape of 100 k series, gzip ÷ bare server" }, ratios("exporter", "bare"), {
        atMost: 1.2,
      }),
      ratioRow({ goal, what: "the same, prom-client ÷ ours" }, ratios("prom-client", "exporter"), { atLeast: 800 }),
      comparisonRow({ goal, what: "the same, prom-client ÷ bare server" }, ratios("prom-client", "bare")),
      figureRow({ goal, what: "CPU of such a scrape, ours" }, ms("exporter"), { unit: "ms" }),
      figureRow({ goal, what: "the same, prom-client" }, ms("prom-client"), { unit: "ms" }),
      countRow(
        { goal, what: "series, and size of the answer" },
        `${servers.seriesCount}, ${Math.max(...kilobytes)} kB`,
      ),
    ];
  },
};
