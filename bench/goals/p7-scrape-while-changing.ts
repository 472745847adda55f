import { figureRow, ratioRow, type GoalRow } from "../report/goal-row.ts";
import { measureRounds, ratiosOf } from "../samples/rounds.ts";
import { runSample } from "../samples/run-sample.ts";
import { startChangingExporter } from "../server/start-changing-exporter.ts";
import type { Bench, Goal } from "./goal.ts";

const WARM_UP_SECONDS = 2;
const SECONDS = 5;
const IDLE = 0;
const CHANGING = 20;

/** P7: what a scrape waits for while one of 50 targets changes every 20 ms, against an exporter that only answers. */
export const scrapeWhileChanging: Goal = {
  id: "P7",
  async measure({ pinnings, rounds }: Bench): Promise<readonly GoalRow[]> {
    const goal = "P7";
    const measured = await measureRounds(rounds, [IDLE, CHANGING], async (changeEveryMs) => {
      const server = await startChangingExporter({ pinning: pinnings.server, changeEveryMs });
      const scrapes = (seconds: number): ReturnType<typeof runSample> =>
        runSample("scrape", { pinning: pinnings.surroundings, flags: { origin: server.origin, seconds } });
      await scrapes(WARM_UP_SECONDS);
      const { result } = await server.measure(() => scrapes(SECONDS));
      const { took } = await server.measure(() => scrapes(SECONDS), { watchLoop: true });
      await server.stop();
      const { loopP99Ms, loopMaxMs } = took;
      return { p99Ms: result.get("p99Ms"), perSecond: result.get("answersPerSecond"), loopP99Ms, loopMaxMs };
    });

    type Figure = "p99Ms" | "perSecond" | "loopP99Ms" | "loopMaxMs";
    const of = (changeEveryMs: number, figure: Figure): number[] =>
      (measured.get(changeEveryMs) ?? []).map((sample) => sample[figure]);
    const ratios = ratiosOf(measured, CHANGING, IDLE, ({ p99Ms }) => p99Ms);
    return [
      ratioRow({ goal, what: "p99 of scrapes of 100 k series while a target changes every 20 ms ÷ idle" }, ratios, {
        atMost: 2,
      }),
      figureRow({ goal, what: "the same, idle" }, of(IDLE, "p99Ms"), { unit: "ms" }),
      figureRow({ goal, what: "the same, changing" }, of(CHANGING, "p99Ms"), { unit: "ms" }),
      figureRow({ goal, what: "scrapes a second meanwhile" }, of(CHANGING, "perSecond"), { unit: "" }),
      figureRow({ goal, what: "loop delay meanwhile, p99" }, of(CHANGING, "loopP99Ms"), { unit: "ms", atMost: 5 }),
      figureRow({ goal, what: "loop delay meanwhile, longest" }, of(CHANGING, "loopMaxMs"), { unit: "ms", atMost: 20 }),
    ];
  },
};
