import type { WalkClientName } from "../clients/walk-clients.ts";
import { comparisonRow, ratioRow, type GoalRow } from "../report/goal-row.ts";
import { measureRounds, ratiosOf, type Rounds } from "../samples/rounds.ts";
import { runSample } from "../samples/run-sample.ts";
import { startPageServer } from "../server/start-page-server.ts";
import type { Bench, Goal } from "./goal.ts";

const PAGES = 1_000;
const ROWS = 100_000;
/** The first and five steady ones. */
const WALKS = 6;

const CLIENTS = ["floor", "node-http", "fc-async", "vendor-sdk", "openapi-fetch"] as const satisfies WalkClientName[];
const OTHERS = [
  ["node-http", "bare node:http"],
  ["vendor-sdk", "vendor SDK"],
  ["openapi-fetch", "openapi-fetch on built-in fetch"],
] as const;

/** P1: CPU time of a walk of 100,000 functions, against the floor and against the vendor's SDK. */
export const walkCpu: Goal = {
  id: "P1",
  async measure({ pinnings: { shared: pinning }, rounds }: Bench): Promise<readonly GoalRow[]> {
    const server = await startPageServer({ pinning, pageCount: PAGES });
    const measured = await measureRounds(rounds, CLIENTS, async (client) => {
      const flags = { client, origin: server.origin, rows: ROWS, walks: WALKS };
      const figures = await runSample("walk", { pinning, flags });
      return { first: figures.get("firstCpuUs"), steady: figures.get("steadyCpuUs") };
    });
    await server.stop();

    return [...rowsOf(measured, "first", 2.9), ...rowsOf(measured, "steady", 1.7)];
  },
};

type Client = (typeof CLIENTS)[number];

interface WalkCpuUs {
  readonly first: number;
  readonly steady: number;
}

function rowsOf(measured: Rounds<Client, WalkCpuUs>, walk: keyof WalkCpuUs, mostOfFloor: number): GoalRow[] {
  const ratios = (above: Client, below: Client): number[] => ratiosOf(measured, above, below, (sample) => sample[walk]);
  const goal = "P1";
  const what = `CPU of a ${walk} walk of 100 k functions`;
  return [
    ratioRow({ goal, what: `${what} ÷ floor` }, ratios("fc-async", "floor"), { atMost: mostOfFloor }),
    ratioRow({ goal, what: "the same, vendor SDK ÷ ours" }, ratios("vendor-sdk", "fc-async"), { atLeast: 2.3 }),
    ...OTHERS.map(([client, name]) =>
      comparisonRow({ goal, what: `the same, ${name} ÷ floor` }, ratios(client, "floor")),
    ),
  ];
}
