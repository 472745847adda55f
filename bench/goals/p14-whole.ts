import { setTimeout as sleep } from "node:timers/promises";
import { comparisonRow, figureRow, ratioRow, type GoalRow } from "../report/goal-row.ts";
import { measureRounds, ratiosOf } from "../samples/rounds.ts";
import { runSample, type Figures } from "../samples/run-sample.ts";
import type { MeasuredServer } from "../server/measured-server.ts";
import { buildExporter, startExporter, type ExporterToStart } from "../server/start-exporter.ts";
import { startPageServer, type PageServer } from "../server/start-page-server.ts";
import { startSdkExporter } from "../server/start-sdk-exporter.ts";
import type { Bench, Goal } from "./goal.ts";

const TARGETS = 50;
const PAGES_PER_TARGET = 6;
const PAGES_PER_CYCLE = TARGETS * PAGES_PER_TARGET;
const ROWS = 30_000;
const WARM_UP_SECONDS = 2;
const SECONDS = 5;
const ROUND_TRIP_MS = 20;
const SLOW_ROUND_TRIP_MS = 500;

const SUBJECTS = ["polling", "quiet", "sdk"] as const;
type Subject = (typeof SUBJECTS)[number];

interface Whole {
  readonly p99Ms: number;
  readonly p50Ms: number;
  readonly cycleCpuMs: number;
  readonly loopMaxMs: number;
  readonly residentMegabytes: number;
}

/** P14: 30,000 series of 50 targets at 20 ms, polled and scraped without pause. */
export const whole: Goal = {
  id: "P14",
  async measure(bench: Bench): Promise<readonly GoalRow[]> {
    const goal = "P14";
    const { pinnings, rounds } = bench;
    buildExporter();
    const pages = await pageServer(bench, ROUND_TRIP_MS);
    const measured = await measureRounds(rounds, SUBJECTS, async (subject): Promise<Whole> => {
      const server =
        subject === "sdk"
          ? await startSdkExporter({ pinning: pinnings.server, origin: pages.origin, targets: TARGETS })
          : await startExporter(exporterOf(bench, pages, subject === "polling" ? "200ms" : "1h"));
      await scrapes(bench, server, WARM_UP_SECONDS);
      const cycleCpuMs = subject === "quiet" ? Number.NaN : await cycleCpuMsOf(server, pages);
      const { result } = await server.measure(() => scrapes(bench, server, SECONDS));
      const { took } = await server.measure(() => scrapes(bench, server, SECONDS), { watchLoop: true });
      await server.stop();
      return {
        p99Ms: result.get("p99Ms"),
        p50Ms: result.get("p50Ms"),
        cycleCpuMs,
        loopMaxMs: took.loopMaxMs,
        residentMegabytes: took.maxResidentMegabytes,
      };
    });
    await pages.stop();

    const of = (subject: Subject, figure: keyof Whole): number[] =>
      (measured.get(subject) ?? []).map((sample) => sample[figure]);
    const ratios = (above: Subject, below: Subject, figure: keyof Whole): number[] =>
      ratiosOf(measured, above, below, (sample) => sample[figure]);
    const p99 = "p99 of scrapes of 30 k series from 50 targets, polled without pause";
    return [
      figureRow({ goal, what: p99 }, of("polling", "p99Ms"), { unit: "ms", atMost: 3 }),
      ratioRow({ goal, what: "the same ÷ without polling" }, ratios("polling", "quiet", "p99Ms"), { atMost: 1.25 }),
      figureRow({ goal, what: "the same, vendor SDK and prom-client" }, of("sdk", "p99Ms"), { unit: "ms" }),
      figureRow({ goal, what: "median of these scrapes" }, of("polling", "p50Ms"), { unit: "ms" }),
      ratioRow(
        { goal, what: "CPU of reading all targets once ÷ vendor SDK and prom-client" },
        ratios("polling", "sdk", "cycleCpuMs"),
        { atMost: 0.33 },
      ),
      figureRow({ goal, what: "the same, ours" }, of("polling", "cycleCpuMs"), { unit: "ms" }),
      figureRow({ goal, what: "longest loop delay meanwhile" }, of("polling", "loopMaxMs"), { unit: "ms", atMost: 15 }),
      figureRow({ goal, what: "the same, vendor SDK and prom-client" }, of("sdk", "loopMaxMs"), { unit: "ms" }),
      figureRow({ goal, what: "largest resident set" }, of("polling", "residentMegabytes"), {
        unit: "MB",
        atMost: 160,
      }),
      figureRow({ goal, what: "the same, vendor SDK and prom-client" }, of("sdk", "residentMegabytes"), { unit: "MB" }),
      ...(await latencyRows(bench)),
    ];
  },
};

/** The same exporter polls as often before a service that answers after 20 ms and before one that takes half a second. */
async function latencyRows(bench: Bench): Promise<readonly GoalRow[]> {
  const goal = "P14";
  const services = new Map<number, PageServer>();
  for (const delayMs of [ROUND_TRIP_MS, SLOW_ROUND_TRIP_MS]) services.set(delayMs, await pageServer(bench, delayMs));
  const measured = await measureRounds(bench.rounds, [...services.keys()], async (delayMs): Promise<Figures> => {
    const pages = services.get(delayMs);
    if (pages === undefined) throw new Error(`there is no service with ${delayMs} ms`);
    const server = await startExporter(exporterOf(bench, pages, "4s"));
    await scrapes(bench, server, WARM_UP_SECONDS);
    const figures = await scrapes(bench, server, SECONDS);
    await server.stop();
    return figures;
  });
  for (const pages of services.values()) await pages.stop();

  const ratios = (figure: string): number[] =>
    ratiosOf(measured, SLOW_ROUND_TRIP_MS, ROUND_TRIP_MS, (figures) => figures.get(figure));
  return [
    ratioRow({ goal, what: "median of scrapes, service at 500 ms ÷ at 20 ms" }, ratios("p50Ms"), { atMost: 1.1 }),
    comparisonRow({ goal, what: "p99 of scrapes, service at 500 ms ÷ at 20 ms" }, ratios("p99Ms")),
  ];
}

function pageServer({ pinnings }: Bench, delayMs: number): Promise<PageServer> {
  return startPageServer({ pinning: pinnings.surroundings, pageCount: PAGES_PER_TARGET, delayMs, changing: true });
}

function exporterOf(
  { pinnings, folder }: Bench,
  { endpoint }: PageServer,
  interval: ExporterToStart["interval"],
): ExporterToStart {
  return { pinning: pinnings.server, folder, endpoint, targets: TARGETS, concurrency: TARGETS, interval, rows: ROWS };
}

function scrapes({ pinnings }: Bench, { origin }: MeasuredServer, seconds: number): Promise<Figures> {
  return runSample("scrape", { pinning: pinnings.surroundings, flags: { origin, seconds } });
}

/** Without scrapes, in milliseconds. */
async function cycleCpuMsOf(server: MeasuredServer, pages: PageServer): Promise<number> {
  const before = await pages.figures();
  const { took } = await server.measure(() => sleep(SECONDS * 1000));
  const after = await pages.figures();
  return took.cpuUs / 1000 / ((after.requests - before.requests) / PAGES_PER_CYCLE);
}
