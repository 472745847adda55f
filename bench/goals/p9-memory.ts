import { countRow, figureRow, type GoalRow } from "../report/goal-row.ts";
import { measureRounds } from "../samples/rounds.ts";
import { runSample } from "../samples/run-sample.ts";
import { prepareScrapedServers, type ScrapedServerName } from "../server/scraped-servers.ts";
import { buildExporter } from "../server/start-exporter.ts";
import type { Bench, Goal } from "./goal.ts";

const TARGETS = 50;
const PAGES_PER_TARGET = 20;
const SERVERS = ["exporter", "bare", "prom-client"] as const satisfies ScrapedServerName[];
const SECONDS = 5;

/** P9: what a function takes while its list is held, and the exporter with 100,000 functions while it is scraped. */
export const memory: Goal = {
  id: "P9",
  async measure({ pinnings, rounds, folder }: Bench): Promise<readonly GoalRow[]> {
    const goal = "P9";
    // Counted, not timed: one round shows it.
    const held = await runSample("held", {
      pinning: pinnings.shared,
      flags: {},
      nodeFlags: ["--expose-gc", "--no-flush-bytecode"],
    });

    buildExporter();
    const servers = await prepareScrapedServers({
      pinnings,
      folder,
      targets: TARGETS,
      pagesPerTarget: PAGES_PER_TARGET,
    });
    const measured = await measureRounds(rounds, SERVERS, async (name) => {
      const server = await servers.start(name);
      const flags = { origin: server.origin, seconds: SECONDS };
      const { took } = await server.measure(() => runSample("scrape", { pinning: pinnings.surroundings, flags }));
      await server.stop();
      return took.maxResidentMegabytes;
    });
    await servers.stop();

    const what = `bytes a function held takes, ${Math.round(held.get("nameBytesPerFunction"))} of its name among them`;
    const resident = "largest resident set at 100 k functions while scraped";
    return [
      countRow({ goal, what }, `${held.get("bytesPerFunction").toFixed(1)} B`, {
        text: "≤ 75 B",
        isMet: held.get("bytesPerFunction") <= 75 && held.get("functions") === 100_000,
      }),
      figureRow({ goal, what: resident }, measured.get("exporter") ?? [], { unit: "MB", atMost: 190 }),
      // What Node itself takes differs from machine to machine.
      figureRow({ goal, what: "the same, bare server of one constant Buffer" }, measured.get("bare") ?? [], {
        unit: "MB",
      }),
      figureRow({ goal, what: "the same, prom-client" }, measured.get("prom-client") ?? [], { unit: "MB" }),
    ];
  },
};
