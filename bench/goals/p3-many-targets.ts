import { comparisonRow, countRow, figureRow, ratioRow, type GoalRow } from "../report/goal-row.ts";
import { measureRounds, ratiosOf } from "../samples/rounds.ts";
import { runSample, type Figures } from "../samples/run-sample.ts";
import { startPageServer } from "../server/start-page-server.ts";
import { burstAboveRate } from "../statistics/burst-above-rate.ts";
import type { Bench, Goal } from "./goal.ts";

const TARGETS = 200;
const PAGES = 20;
const ROWS_PER_PAGE = 100;
const ROUND_TRIP_MS = 20;
/** The first and five steady ones. */
const READINGS = 6;
const REQUESTS_PER_SECOND = 50;
/** What the limiter's bucket holds, a second's worth, and one request for clocks that count milliseconds. */
const MOST_AHEAD = REQUESTS_PER_SECOND + 1;

const SUBJECTS = [
  { client: "fc-async", targets: TARGETS },
  { client: "fc-async", targets: 1 },
  { client: "vendor-sdk", targets: TARGETS },
  { client: "vendor-sdk", targets: 1 },
] as const;
const [OURS, OURS_ONE, SDK, SDK_ONE] = SUBJECTS;

/** P3: 200 targets at once take hardly longer than one, and never exceed the rate of their account. */
export const manyTargets: Goal = {
  id: "P3",
  async measure(bench: Bench): Promise<readonly GoalRow[]> {
    const goal = "P3";
    const { pinnings, rounds } = bench;
    const server = await startPageServer({
      pinning: pinnings.surroundings,
      pageCount: PAGES,
      delayMs: ROUND_TRIP_MS,
    });
    const { origin, endpoint } = server;
    const measured = await measureRounds(rounds, SUBJECTS, ({ client, targets }) =>
      runSample("poll", {
        pinning: pinnings.server,
        flags: { client, origin, endpoint, targets, rows: PAGES * ROWS_PER_PAGE, rounds: READINGS },
      }),
    );
    await server.stop();

    type Subject = (typeof SUBJECTS)[number];
    const ratios = (above: Subject, below: Subject, figure: string): number[] =>
      ratiosOf(measured, above, below, (figures: Figures) => figures.get(figure));
    const of = (subject: Subject, figure: string): number[] =>
      (measured.get(subject) ?? []).map((figures) => figures.get(figure));
    const wall = "wall time of 200 targets at once ÷ one target, 20 pages at 20 ms";
    return [
      ratioRow({ goal, what: wall }, ratios(OURS, OURS_ONE, "steadyWallMs"), { atMost: 1.2 }),
      comparisonRow({ goal, what: "the same, vendor SDK" }, ratios(SDK, SDK_ONE, "steadyWallMs")),
      comparisonRow(
        { goal, what: "the same, ours, first reading of a process" },
        ratios(OURS, OURS_ONE, "firstWallMs"),
      ),
      comparisonRow({ goal, what: "CPU of all readings, vendor SDK ÷ ours" }, ratios(SDK, OURS, "cpuUs")),
      figureRow({ goal, what: "loop delay meanwhile, p99" }, of(OURS, "loopP99Ms"), { unit: "ms", atMost: 8 }),
      figureRow({ goal, what: "the same, vendor SDK" }, of(SDK, "loopP99Ms"), { unit: "ms" }),
      figureRow({ goal, what: "largest resident set" }, of(OURS, "maxResidentMegabytes"), { unit: "MB", atMost: 180 }),
      figureRow({ goal, what: "the same, vendor SDK" }, of(SDK, "maxResidentMegabytes"), { unit: "MB" }),
      ...(await rateRows(bench)),
    ];
  },
};

/** Ten regions of 20 accounts each, 200 requests an account, of which 50 may go out at once and 50 in each second. */
async function rateRows({ pinnings }: Bench): Promise<readonly GoalRow[]> {
  const goal = "P3";
  const server = await startPageServer({
    pinning: pinnings.surroundings,
    pageCount: PAGES,
    delayMs: ROUND_TRIP_MS,
    keepArrivals: true,
  });
  const { origin, endpoint } = server;
  const figures = await runSample("poll", {
    pinning: pinnings.server,
    flags: {
      client: "fc-async",
      origin,
      endpoint,
      targets: TARGETS,
      rows: PAGES * ROWS_PER_PAGE,
      rate: REQUESTS_PER_SECOND,
    },
  });
  const arrivals = Object.values(await server.arrivals());
  await server.stop();

  const requests = arrivals.reduce((sum, arrivalsMs) => sum + arrivalsMs.length, 0);
  const bursts = arrivals.map((arrivalsMs) => burstAboveRate(arrivalsMs, REQUESTS_PER_SECOND));
  const sentAhead = figures.get("sentAhead");
  const isWhole = requests === TARGETS * PAGES;
  const what = `requests ahead of a configured ${REQUESTS_PER_SECOND}/s when sent, busiest of ${arrivals.length} accounts`;
  return [
    countRow({ goal, what }, `${sentAhead.toFixed(2)} (${requests} requests)`, {
      text: `≤ ${MOST_AHEAD}`,
      isMet: isWhole && sentAhead <= MOST_AHEAD,
    }),
    // The first requests wait behind 200 new connections, and then arrive together.
    countRow({ goal, what: "the same, when they arrive" }, Math.max(...bursts).toFixed(1)),
  ];
}
