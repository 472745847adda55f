import { fileURLToPath } from "node:url";
import { comparisonRow, figureRow, ratioRow, type GoalRow } from "../report/goal-row.ts";
import { measureRounds, ratiosOf } from "../samples/rounds.ts";
import { firstAnswerMs } from "../server/first-answer.ts";
import { buildExporter, EXPORTER_PROGRAM, exporterFlags } from "../server/start-exporter.ts";
import type { Bench, Goal } from "./goal.ts";

const ONE_BYTE_SERVER = fileURLToPath(new URL("../server/one-byte-server.js", import.meta.url));
const SUBJECTS = ["one byte", "healthy", "metrics"] as const;
/** Starts are short and differ: several in each round. */
const STARTS_PER_ROUND = 5;

type Subject = (typeof SUBJECTS)[number];

/** P10: from starting the exporter's bundle to the first byte of an answer, against bare Node that serves one byte. */
export const coldStart: Goal = {
  id: "P10",
  async measure({ rounds, folder }: Bench): Promise<readonly GoalRow[]> {
    const goal = "P10";
    buildExporter();
    // Nobody is there: an exporter answers before it has read anything.
    const flags = exporterFlags({ folder, endpoint: "http://127.0.0.1:9", targets: 1, interval: "1h" });
    const argsOf = (subject: Subject, port: number): readonly string[] =>
      subject === "one byte"
        ? [ONE_BYTE_SERVER, String(port)]
        : [EXPORTER_PROGRAM, ...flags, `--web.listen-address=127.0.0.1:${port}`];
    const measured = await measureRounds(rounds * STARTS_PER_ROUND, SUBJECTS, (subject) =>
      firstAnswerMs({
        args: (port) => argsOf(subject, port),
        request: (port) => `GET ${pathOf(subject)} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
      }),
    );
    const ratios = (subject: Subject): number[] => ratiosOf(measured, subject, "one byte", (startMs) => startMs);
    return [
      ratioRow({ goal, what: "exporter, start to the first byte of an answer ÷ bare Node" }, ratios("healthy"), {
        atMost: 1.3,
      }),
      comparisonRow({ goal, what: "the same, to the first byte of /metrics" }, ratios("metrics")),
      figureRow({ goal, what: "exporter, start to the first byte" }, measured.get("healthy") ?? [], { unit: "ms" }),
    ];
  },
};

function pathOf(subject: Subject): string {
  return subject === "metrics" ? "/metrics" : "/-/healthy";
}
