import { createExposition, type TargetExposition } from "@fc-async/exposition";
import {
  createSnapshotBuilder,
  targetId,
  type PollFailure,
  type Snapshot,
  type Target,
  type TargetState,
} from "@fc-async/inventory";
import type { FailureReason, Quirk } from "@fc-async/protocol";

const accountId = "1234567890123456";

export const TARGET: Target = {
  id: targetId("fc2", accountId, "cn-hangzhou"),
  source: "fc2",
  accountId,
  regionId: "cn-hangzhou",
};

export function pollFailure(reason: FailureReason): PollFailure {
  return { reason, message: "no", serverCode: undefined, requestId: undefined };
}

/** A list that was read at 0 within 2 s. */
export function snapshotOf(
  rows: readonly (readonly [serviceName: string, functionName: string, qualifier: string])[],
  quirks: readonly Quirk[] = [],
): Promise<Snapshot> {
  const builder = createSnapshotBuilder(
    () => true,
    async () => undefined,
  );
  builder.add({
    rows: rows.map(([serviceName, functionName, qualifier]) => ({ serviceName, functionName, qualifier })),
    nextToken: undefined,
    quirks,
    requestId: undefined,
  });
  return builder.finish({ startedAtMs: 0, durationMs: 2000 });
}

export function stateOf(state: Partial<TargetState>): TargetState {
  return {
    target: TARGET,
    version: 0,
    snapshot: undefined,
    lastPoll: undefined,
    consecutiveFailures: 0,
    nextDueAtMs: 0,
    shrinkUnconfirmed: false,
    ...state,
  };
}

/** What Prometheus reads of these families: series without the target's labels → value. */
export async function seriesOf(families: TargetExposition["families"]): Promise<ReadonlyMap<string, number>> {
  const exposition = createExposition({
    deflate: { deflateToFlush: async (bytes) => bytes, crc32: () => 0 },
  });
  const labels = { account_id: accountId, region_id: "cn-hangzhou", fc_version: "2" };
  await exposition.setTarget("t", { labels, families });
  const { parts } = await exposition.scrape({ format: "text", encoding: "identity" });
  const lines = Buffer.concat(parts).toString().split("\n");
  return new Map(
    lines
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => {
        const space = line.lastIndexOf(" ");
        const series = line.slice(0, space).replace(/account_id="\d+",region_id="[a-z-]+",fc_version="2",?/u, "");
        return [series.replace("{}", ""), Number(line.slice(space + 1))];
      }),
  );
}
