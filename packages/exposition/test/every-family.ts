import { CATALOGUE, TARGET_LABEL_NAMES } from "@fc-async/exposition";
import type { CheckedFamily, SelfFamily, TargetExposition } from "@fc-async/exposition";

const TARGET_SCOPES = new Set(["inventory", "target_health", "event"]);

/** Every family of the catalogue with one sample, except those of a probe's answer: split as the exporter would. */
export function everyFamily(value: number): { target: TargetExposition; self: readonly SelfFamily[] } {
  const own: CheckedFamily<"own">[] = [];
  const all: CheckedFamily<"all">[] = [];
  for (const [name, metric] of CATALOGUE) {
    const labels = Object.fromEntries(metric.labels.map((label) => [label, `a ${label}`]));
    const sample =
      metric.type === "histogram"
        ? { labels, buckets: [{ le: 1, count: value }], sum: value, count: value }
        : { labels, value: metric.type === "info" ? 1 : value };
    if (TARGET_SCOPES.has(metric.scope)) {
      own.push({ name, samples: [sample], checkedLabels: "own" });
    } else {
      all.push({ name, samples: [sample], checkedLabels: "all" });
    }
  }
  const [account, region, version] = TARGET_LABEL_NAMES;
  return { target: { labels: { [account]: "1", [region]: "r", [version]: "2" }, families: own }, self: all };
}
