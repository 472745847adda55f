import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { LIMIT } from "../clients/account.ts";
import { signedRequestHead } from "../clients/floor.ts";
import { countRow, type GoalRow } from "../report/goal-row.ts";
import { EMULATOR_PROGRAM, emulatorFlags, pageRows } from "../server/start-emulator.ts";
import { formatSpread, spreadOf } from "../statistics/spread.ts";
import type { Bench, Goal } from "./goal.ts";

const MOST_MS = 300;
const RETRY_MS = 2;
const ROWS = pageRows(1000);

/** E2: from starting the process to its first right answer. */
export const emulatorStart: Goal = {
  id: "E2",
  async measure({ rounds, folder }: Bench): Promise<readonly GoalRow[]> {
    execFileSync("turbo", ["run", "build", "--filter=fc-async-emulator", "--output-logs=errors-only"]);
    const flags = emulatorFlags({ folder, rows: ROWS });
    const startsMs: number[] = [];
    for (let round = 0; round < rounds; round++) startsMs.push(await startMs(flags));
    const { median } = spreadOf(startsMs);
    return [
      countRow({ goal: "E2", what: "emulator, start to first answer" }, `${formatSpread(spreadOf(startsMs))} ms`, {
        text: `< ${MOST_MS} ms`,
        isMet: median < MOST_MS,
      }),
    ];
  },
};

async function startMs(flags: readonly string[]): Promise<number> {
  const port = await freePort();
  const startedMs = performance.now();
  const child = spawn(process.execPath, [EMULATOR_PROGRAM, `--listen-address=127.0.0.1:${port}`, ...flags], {
    stdio: "ignore",
  });
  while (!(await answers(port))) await sleep(RETRY_MS);
  const tookMs = performance.now() - startedMs;
  child.kill();
  await once(child, "exit");
  return tookMs;
}

/** Whether a signed request gets its page. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () =>
      socket.write(signedRequestHead(`127.0.0.1:${port}`, `limit=${LIMIT}`, Date.now())),
    );
    socket.once("data", (chunk) => {
      resolve(chunk.toString("latin1").startsWith("HTTP/1.1 200 "));
      socket.destroy();
    });
    socket.once("error", () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
