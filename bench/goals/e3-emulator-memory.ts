import { execFileSync } from "node:child_process";
import { largestResidentMegabytes } from "../machine/largest-resident.ts";
import { countRow, unmeasuredRow, type GoalRow } from "../report/goal-row.ts";
import { runSample } from "../samples/run-sample.ts";
import { startEmulator } from "../server/start-emulator.ts";
import type { Bench, Goal } from "./goal.ts";

const MOST_MEGABYTES = 150;
const SERVICES = 1000;
const FUNCTIONS = 1000;

/** E3: the largest resident set of the emulator while a client reads a million generated rows, page by page. */
export const emulatorMemory: Goal = {
  id: "E3",
  async measure({ pinnings: { shared: pinning }, folder }: Bench): Promise<readonly GoalRow[]> {
    const subject = { goal: "E3", what: "largest resident set of the emulator while 1 M generated rows are read" };
    execFileSync("turbo", ["run", "build", "--filter=fc-async-emulator", "--output-logs=errors-only"]);
    const emulator = await startEmulator({
      pinning,
      folder,
      rows: { generate: { services: SERVICES, functions: FUNCTIONS } },
    });
    const rows = SERVICES * FUNCTIONS;
    await runSample("walk", { pinning, flags: { client: "fc-async", origin: emulator.origin, rows, walks: 1 } });
    const megabytes = largestResidentMegabytes(emulator.processId);
    await emulator.stop();
    if (megabytes === undefined) return [unmeasuredRow(subject, "/proc/<pid>/status")];
    return [
      countRow(subject, `${Math.round(megabytes)} MB`, {
        text: `< ${MOST_MEGABYTES} MB`,
        isMet: megabytes < MOST_MEGABYTES,
      }),
    ];
  },
};
