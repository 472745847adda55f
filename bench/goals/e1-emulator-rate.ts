import { execFileSync } from "node:child_process";
import { LIMIT } from "../clients/account.ts";
import { signedRequestHead } from "../clients/floor.ts";
import { countRow, ratioRow, type GoalRow } from "../report/goal-row.ts";
import { measureRounds, ratiosOf } from "../samples/rounds.ts";
import { runSample } from "../samples/run-sample.ts";
import { startBareHttpServer, type ConstantAnswer } from "../server/start-bare-http-server.ts";
import { pageRows, startEmulator } from "../server/start-emulator.ts";
import { formatSpread, spreadOf } from "../statistics/spread.ts";
import type { Bench, Goal } from "./goal.ts";

const ROWS = pageRows(1000);
const SERVERS = ["emulator", "bare"] as const;

/** E1: how many pages of 100 rows the emulator answers, signature verified, against a bare node:http server with the same bytes. */
export const emulatorRate: Goal = {
  id: "E1",
  async measure({ pinnings: { shared: pinning }, rounds, folder }: Bench): Promise<readonly GoalRow[]> {
    const goal = "E1";
    execFileSync("turbo", ["run", "build", "--filter=fc-async-emulator", "--output-logs=errors-only"]);
    const emulator = await startEmulator({ pinning, folder, rows: ROWS });
    const answer = await firstPage(emulator.origin);
    const bare = await startBareHttpServer({ pinning, folder, answer });
    const origins = { emulator: emulator.origin, bare: bare.origin };
    const measured = await measureRounds(rounds, SERVERS, async (server) =>
      (await runSample("load", { pinning, flags: { origin: origins[server] } })).get("answersPerSecond"),
    );
    await Promise.all([emulator.stop(), bare.stop()]);

    const exchangeUs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      exchangeUs.push((await runSample("exchange", { pinning, flags: {} })).get("exchangeCpuUs"));
    }
    const ratios = ratiosOf(measured, "emulator", "bare", (perSecond) => perSecond);
    const perMs = (measured.get("emulator") ?? []).map((perSecond) => perSecond / 1000);
    return [
      ratioRow({ goal, what: "pages a second, signature verified ÷ bare node:http sending the same bytes" }, ratios, {
        atLeast: 0.5,
      }),
      countRow({ goal, what: "pages a millisecond" }, formatSpread(spreadOf(perMs))),
      countRow({ goal, what: "CPU of one exchange in a loop of its own" }, `${formatSpread(spreadOf(exchangeUs))} µs`),
    ];
  },
};

/** What the bare server is to send. */
async function firstPage(origin: string): Promise<ConstantAnswer> {
  const { host } = new URL(origin);
  const [requestLine = "", ...lines] = signedRequestHead(host, `limit=${LIMIT}`, Date.now()).trimEnd().split("\r\n");
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1)];
  });
  const [, target = ""] = requestLine.split(" ");
  // fetch sets Host itself, to the same value.
  const response = await fetch(`${origin}${target}`, { headers: headers.filter(([name]) => name !== "host") });
  if (!response.ok) throw new Error(`the emulator said: ${response.status} ${await response.text()}`);
  const shown = ["x-fc-request-id", "date", "content-type", "content-length"];
  return {
    headers: shown.flatMap((name) => [name, response.headers.get(name) ?? ""]),
    body: Buffer.from(await response.arrayBuffer()),
  };
}
