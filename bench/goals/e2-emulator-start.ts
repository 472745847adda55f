import { execFileSync } from "node:child_process";
import { LIMIT } from "../clients/account.ts";
import { signedRequestHead } from "../clients/floor.ts";
import { figureRow, type GoalRow } from "../report/goal-row.ts";
import { firstAnswerMs } from "../server/first-answer.ts";
import { EMULATOR_PROGRAM, emulatorFlags, pageRows } from "../server/start-emulator.ts";
import type { Bench, Goal } from "./goal.ts";

const MOST_MS = 300;
const ROWS = pageRows(1000);

/** E2: from starting the process to its first right answer. */
export const emulatorStart: Goal = {
  id: "E2",
  async measure({ rounds, folder }: Bench): Promise<readonly GoalRow[]> {
    execFileSync("turbo", ["run", "build", "--filter=fc-async-emulator", "--output-logs=errors-only"]);
    const flags = emulatorFlags({ folder, rows: ROWS });
    const startsMs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      startsMs.push(
        await firstAnswerMs({
          args: (port) => [EMULATOR_PROGRAM, `--listen-address=127.0.0.1:${port}`, ...flags],
          request: (port) => signedRequestHead(`127.0.0.1:${port}`, `limit=${LIMIT}`, Date.now()),
        }),
      );
    }
    return [
      figureRow({ goal: "E2", what: "emulator, start to first answer" }, startsMs, { unit: "ms", atMost: MOST_MS }),
    ];
  },
};
