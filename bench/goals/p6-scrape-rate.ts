import { figureRow, ratioRow, comparisonRow, countRow, type GoalRow } from "../report/goal-row.ts";
import { measureRounds, ratiosOf } from "../samples/rounds.ts";
import { runSample } from "../samples/run-sample.ts";
import { prepareScrapedServers, type ScrapedServerName } from "../server/scraped-servers.ts";
import { buildExporter } from "../server/start-exporter.ts";
import type { Bench, Goal } from "./goal.ts";

/** 900 functions, their service, and what is said of the target and of the process. */
const PAGES_PER_TARGET = 9;
const SERVERS = ["exporter", "bare", "prom-client"] as const satisfies ScrapedServerName[];
const CONNECTIONS = 8;
const WARM_UP_SECONDS = 1;
const SECONDS = 3;

/** P6: how many scrapes of 1,000 series are answered in a second, against a bare node:http server with the same bytes and prom-client. */
export const scrapeRate: Goal = {
  id: "P6",
  async measure({ pinnings, rounds, folder }: Bench): Promise<readonly GoalRow[]> {
    const goal = "P6";
    buildExporter();
    const servers = await prepareScrapedServers({ pinnings, folder, targets: 1, pagesPerTarget: PAGES_PER_TARGET });
    const measured = await measureRounds(rounds, SERVERS, async (name) => {
      const server = await servers.start(name);
      const scrapes = (seconds: number): ReturnType<typeof runSample> =>
        runSample("scrape", {
          pinning: pinnings.surroundings,
          flags: { origin: server.origin, connections: CONNECTIONS, seconds },
        });
      await scrapes(WARM_UP_SECONDS);
      const { result, took } = await server.measure(() => scrapes(SECONDS));
      await server.stop();
      return { perSecond: result.get("answersPerSecond"), cpuUs: took.cpuUs / result.get("answers") };
    });
    await servers.stop();

    const ratios = (above: ScrapedServerName, figure: "perSecond" | "cpuUs", below: ScrapedServerName): number[] =>
      ratiosOf(measured, above, below, (sample) => sample[figure]);
    const busy = (measured.get("exporter") ?? []).map(({ perSecond, cpuUs }) => perSecond * cpuUs * 1e-6);
    const perMs = (measured.get("exporter") ?? []).map(({ perSecond }) => perSecond / 1000);
    return [
      ratioRow(
        { goal, what: "scrapes of 1 k series a second, gzip ÷ bare server" },
        ratios("exporter", "perSecond", "bare"),
        { atLeast: 0.7 },
      ),
      ratioRow({ goal, what: "the same ÷ prom-client" }, ratios("exporter", "perSecond", "prom-client"), {
        atLeast: 80,
      }),
      comparisonRow({ goal, what: "CPU of such a scrape ÷ bare server" }, ratios("exporter", "cpuUs", "bare")),
      comparisonRow({ goal, what: "CPUs that the exporter kept busy meanwhile" }, busy),
      figureRow({ goal, what: "scrapes a millisecond" }, perMs, { unit: "" }),
      countRow({ goal, what: "series" }, String(servers.seriesCount)),
    ];
  },
};
