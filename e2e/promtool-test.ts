import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runToEnd, type Ended } from "./run-to-end.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A group of `promtool test rules`: series, and what is expected of rules and expressions at some time. */
export interface PromtoolGroup {
  /** Time between two values of a series. Default: a minute. */
  readonly interval?: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly alert_rule_test?: readonly object[];
  readonly promql_expr_test?: readonly {
    readonly expr: string;
    readonly eval_time: string;
    readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
  }[];
}

/** Runs one group in promtool, with these rule files loaded. */
export async function promtoolTest(ruleFiles: readonly string[], group: PromtoolGroup): Promise<Ended> {
  const folder = await temporaryFolder();
  const file = join(folder, "rules.test.json");
  const { interval = "1m" } = group;
  const tests = [{ ...group, interval }];
  await writeFile(file, JSON.stringify({ rule_files: ruleFiles, evaluation_interval: interval, tests }));
  return runToEnd(folder, "promtool", ["test", "rules", file]);
}
