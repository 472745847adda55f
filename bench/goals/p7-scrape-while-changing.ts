import { figureRow, ratioRow, type GoalRow } from "../report/goal-row.ts";
import { measureRounds, ratiosOf } from "../samples/rounds.ts";
import { runSample } from "../samples/run-sample.ts";
import { buildExporter, startExporter } from "../server/start-exporter.ts";
import { startPageServer } from "../server/start-page-server.ts";
import type { Bench, Goal } from "./goal.ts";

const TARGETS = 50;
const PAGES_PER_TARGET = 20;
const ROWS = 100_000;
const WARM_UP_SECONDS = 1;
const SECONDS = 5;
/** Each of 50 targets is read and changes once a second. */
const INTERVALS = ["1h", "1s"] as const;

/** P7: what a scrape waits for while one of 50 targets is read and changes every 20 ms, against an exporter that only answers. */
export const scrapeWhileChanging: Goal = {
  id: "P7",
  async measure({ pinnings, rounds, folder }: Bench): Promise<readonly GoalRow[]> {
    const goal = "P7";
    buildExporter();
    const pages = await startPageServer({
      pinning: pinnings.surroundings,
      pageCount: PAGES_PER_TARGET,
      changing: true,
    });
    const measured = await measureRounds(rounds, INTERVALS, async (interval) => {
      const server = await startExporter({
        pinning: pinnings.server,
        folder,
        endpoint: pages.endpoint,
        targets: TARGETS,
        interval,
        rows: ROWS,
      });
      const scrapes = (seconds: number): ReturnType<typeof runSample> =>
        runSample("scrape", { pinning: pinnings.surroundings, flags: { origin: server.origin, seconds } });
      await scrapes(WARM_UP_SECONDS);
      const { result } = await server.measure(() => scrapes(SECONDS));
      const { took } = await server.measure(() => scrapes(SECONDS), { watchLoop: true });
      await server.stop();
      return { p99Ms: result.get("p99Ms"), loopP99Ms: took.loopP99Ms, loopMaxMs: took.loopMaxMs };
    });
    await pages.stop();

    const ratios = ratiosOf(measured, "1s", "1h", ({ p99Ms }) => p99Ms);
    const of = (interval: (typeof INTERVALS)[number], figure: "p99Ms" | "loopP99Ms" | "loopMaxMs"): number[] =>
      (measured.get(interval) ?? []).map((sample) => sample[figure]);
    return [
      ratioRow({ goal, what: "p99 of scrapes of 100 k series while a target changes every 20 ms ÷ idle" }, ratios, {
        atMost: 2,
      }),
      figureRow({ goal, what: "the same, idle" }, of("1h", "p99Ms"), { unit: "ms" }),
      figureRow({ goal, what: "the same, changing" }, of("1s", "p99Ms"), { unit: "ms" }),
      figureRow({ goal, what: "loop delay meanwhile, p99" }, of("1s", "loopP99Ms"), { unit: "ms", atMost: 5 }),
      figureRow({ goal, what: "loop delay meanwhile, longest" }, of("1s", "loopMaxMs"), { unit: "ms", atMost: 20 }),
    ];
  },
};
