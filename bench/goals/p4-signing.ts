import { comparisonRow, countRow, ratioRow, type GoalRow } from "../report/goal-row.ts";
import { measureRounds, ratiosOf } from "../samples/rounds.ts";
import { runSample } from "../samples/run-sample.ts";
import type { SignerName } from "../signers/signers.ts";
import { formatSpread, spreadOf } from "../statistics/spread.ts";
import type { Bench, Goal } from "./goal.ts";

const SIGNERS = ["node-hash", "vendor-sdk", "web-crypto"] as const satisfies SignerName[];

/** P4: what one ACS3 signature costs, ours on node:crypto against the SDK's. */
export const signing: Goal = {
  id: "P4",
  async measure({ pinnings: { shared: pinning }, rounds }: Bench): Promise<readonly GoalRow[]> {
    const goal = "P4";
    const measured = await measureRounds(rounds, SIGNERS, async (signer) =>
      (await runSample("signing", { pinning, flags: { signer } })).get("signatureCpuUs"),
    );
    const us = (signer: SignerName): string => `${formatSpread(spreadOf(measured.get(signer) ?? []))} µs`;
    const ratio = (above: SignerName): number[] => ratiosOf(measured, above, "node-hash", (cpuUs) => cpuUs);
    return [
      ratioRow({ goal, what: "CPU of one signature, vendor SDK ÷ ours" }, ratio("vendor-sdk"), { atLeast: 1.25 }),
      comparisonRow({ goal, what: "the same, ours on WebCrypto ÷ ours on node:crypto" }, ratio("web-crypto")),
      countRow({ goal, what: "one signature, ours on node:crypto" }, us("node-hash")),
      countRow({ goal, what: "one signature, vendor SDK" }, us("vendor-sdk")),
    ];
  },
};
