import { ratioRow, type GoalRow } from "../report/goal-row.ts";
import { measureRounds, ratiosOf } from "../samples/rounds.ts";
import { runSample } from "../samples/run-sample.ts";
import { startPageServer, type PageServer } from "../server/start-page-server.ts";
import type { Bench, Goal } from "./goal.ts";

const ROWS_PER_PAGE = 100;
const SMALL = { name: "100 k", pageCount: 1_000, walks: 6 } as const;
/** As many walks as it takes to have a steady one. */
const LARGE = { name: "1 M", pageCount: 10_000, walks: 2 } as const;

/** P13: a list ten times as long costs ten times as much, and no more memory when its rows are only counted. */
export const growth: Goal = {
  id: "P13",
  async measure({ pinnings: { shared: pinning }, rounds }: Bench): Promise<readonly GoalRow[]> {
    const goal = "P13";
    const servers = new Map<typeof SMALL | typeof LARGE, PageServer>();
    for (const list of [SMALL, LARGE]) {
      servers.set(list, await startPageServer({ pinning, pageCount: list.pageCount }));
    }
    const measured = await measureRounds(rounds, [SMALL, LARGE], async (list) => {
      const { pageCount, walks } = list;
      const origin = servers.get(list)?.origin ?? "";
      const flags = { client: "fc-async", origin, rows: pageCount * ROWS_PER_PAGE, walks };
      const figures = await runSample("walk", { pinning, flags });
      return { pageCpuUs: figures.get("steadyCpuUs") / pageCount, rss: figures.get("maxResidentMegabytes") };
    });
    for (const server of servers.values()) await server.stop();

    const pageCpu = ratiosOf(measured, LARGE, SMALL, ({ pageCpuUs }) => pageCpuUs);
    const rss = ratiosOf(measured, LARGE, SMALL, (sample) => sample.rss);
    return [
      ratioRow({ goal, what: "CPU of a page in a steady walk, 1 M rows ÷ 100 k rows" }, pageCpu, { atMost: 1.2 }),
      ratioRow({ goal, what: "largest resident set while counting, 1 M rows ÷ 100 k rows" }, rss, { atMost: 1.2 }),
    ];
  },
};
