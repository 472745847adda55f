import { comparisonRow, figureRow, ratioRow, type GoalRow } from "../report/goal-row.ts";
import { measureRounds, ratiosOf } from "../samples/rounds.ts";
import { runSample } from "../samples/run-sample.ts";
import type { Bench, Goal } from "./goal.ts";

const LIBRARIES = ["exposition", "prom-client"] as const;

/** P8: CPU of rendering 100,000 series after a change, and of publishing one of 50 targets against publishing all. */
export const rendering: Goal = {
  id: "P8",
  async measure({ pinnings: { shared: pinning }, rounds }: Bench): Promise<readonly GoalRow[]> {
    const goal = "P8";
    const measured = await measureRounds(rounds, LIBRARIES, (library) =>
      runSample("render", { pinning, flags: { library }, nodeFlags: ["--expose-gc"] }),
    );
    const ratios = (figure: string): number[] =>
      ratiosOf(measured, "exposition", "prom-client", (figures) => figures.get(figure));
    const ours = measured.get("exposition") ?? [];
    const oneOfAll = ours.map((figures) => figures.get("oneCpuUs") / figures.get("allCpuUs"));
    const oneMs = ours.map((figures) => figures.get("oneCpuUs") / 1000);
    return [
      ratioRow({ goal, what: "CPU of rendering 100 k series after a change ÷ prom-client" }, ratios("allPlainCpuUs"), {
        atMost: 0.1,
      }),
      comparisonRow({ goal, what: "the same, both compressed" }, ratios("allCpuUs")),
      ratioRow({ goal, what: "CPU of publishing 1 of 50 targets, compressed ÷ all of them" }, oneOfAll, {
        atMost: 0.05,
      }),
      figureRow({ goal, what: "CPU of publishing 1 of 50 targets" }, oneMs, { unit: "ms" }),
    ];
  },
};
