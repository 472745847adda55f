import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { largestResidentMegabytes } from "../machine/largest-resident.ts";
import type { ServerProcess } from "./server-process.ts";

/** For Node: loads what answers `measure` into a process before its own program, which knows nothing of it. */
export const MEASURED_FLAGS: readonly string[] = ["--import", new URL("measured.js", import.meta.url).href];

/** What a process tells of a stretch of time. */
export interface ToldFigures {
  /** Of all its threads. */
  readonly cpuUs: number;
  readonly wallMs: number;
  /** Time between two turns of a timer of 1 ms; 0 unless it was asked to watch the loop. */
  readonly loopP99Ms: number;
  readonly loopMaxMs: number;
}

/** What a stretch of time took of a process. */
export interface ProcessFigures extends ToldFigures {
  /** Of the process since its program began; NaN where the system does not tell. */
  readonly maxResidentMegabytes: number;
}

/** What a measured process is told: to begin, or to say what it took since. */
export type MeasuringMessage =
  | { readonly measuring: "begin"; readonly watchLoop: boolean }
  | { readonly measuring: "end" };

export interface MeasureOptions {
  /** A timer of 1 ms runs beside; it takes a few percent of a CPU itself. Default: no. */
  readonly watchLoop?: boolean | undefined;
}

/** A server whose process tells what it takes. */
export interface MeasuredServer {
  /** `http://127.0.0.1:8080` */
  readonly origin: string;
  /** Does the work and tells what it took of the server's process. */
  measure<Result>(
    work: () => Promise<Result>,
    options?: MeasureOptions,
  ): Promise<{ readonly result: Result; readonly took: ProcessFigures }>;
  stop(): Promise<void>;
}

/** A server that was started with `MEASURED_FLAGS`. */
export function measuredServer({ child, port, stop }: ServerProcess): MeasuredServer {
  return {
    origin: `http://127.0.0.1:${port}`,
    async measure(work, { watchLoop = false } = {}) {
      await answerTo(child, { measuring: "begin", watchLoop });
      const result = await work();
      const told = await answerTo(child, { measuring: "end" });
      const maxResidentMegabytes = largestResidentMegabytes(child.pid ?? 0) ?? Number.NaN;
      return { result, took: { ...told, maxResidentMegabytes } };
    },
    stop,
  };
}

async function answerTo(child: ChildProcess, message: MeasuringMessage): Promise<ToldFigures> {
  const answered = once(child, "message");
  child.send(message);
  const [figures]: ToldFigures[] = await answered;
  if (figures === undefined) throw new Error("the measured process sent no figures");
  return figures;
}
