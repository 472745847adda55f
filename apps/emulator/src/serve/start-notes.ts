import { formatDuration } from "@fc-async/daemon";
import type { Churn, Throttle } from "@fc-async/emulator";
import type { ServeFlags } from "../command-line/serve-flags.ts";

/** What a reader of the log should know of a run that is not as usual, a sentence each. */
export function startNotes(
  flags: Pick<ServeFlags, "pagination" | "token-ttl" | "skew">,
  world: {
    readonly faultRules: number;
    readonly churn: Churn | undefined;
    readonly throttle: Throttle | undefined;
  },
): readonly string[] {
  const { pagination, "token-ttl": tokenTtlMs, skew: skewMs } = flags;
  const { faultRules, churn, throttle } = world;
  return [
    ...(faultRules > 0 ? [`${faultRules} fault ${faultRules === 1 ? "rule is" : "rules are"} armed.`] : []),
    ...(churn === undefined ? [] : [`Functions come and go: ${churn.perMinute} changes a minute in each region.`]),
    ...(throttle === undefined
      ? []
      : [`Throttled: ${throttle.requestsPerSecond} requests a second for each account and region.`]),
    ...(pagination === "stable" ? [] : [`Lists are cut wrongly: pagination ${pagination}.`]),
    ...(tokenTtlMs === undefined ? [] : [`A nextToken is good for ${formatDuration(tokenTtlMs)}.`]),
    ...(skewMs === 0 ? [] : [`The clock is ${formatDuration(Math.abs(skewMs))} ${skewMs > 0 ? "ahead" : "behind"}.`]),
  ];
}
