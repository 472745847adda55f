import { spawnSync } from "node:child_process";
import type { TestContext } from "vitest";

const READ = `
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families
for body in json.load(sys.stdin):
    print(json.dumps([[s.name, s.labels, s.value] for f in text_string_to_metric_families(body) for s in f.samples]))
`;

/** A sample as another reader sees it. */
export type ReadSample = readonly [name: string, labels: Readonly<Record<string, string>>, value: number];

/** The strict OpenMetrics parser of the Python client, where a Python has it; else the test is skipped with a line that says so. */
export function openMetricsParser(
  context: TestContext,
): (bodies: readonly string[]) => readonly (readonly ReadSample[])[] {
  // Debian's package belongs to Debian's Python, which need not be the first on the path.
  const python = ["python3", "/usr/bin/python3"].find(
    (program) => spawnSync(program, ["-c", "import prometheus_client.openmetrics.parser"]).status === 0,
  );
  if (python === undefined) {
    if (process.env["FC_ASYNC_REQUIRE_TOOLS"] === "1") throw new Error("python3-prometheus-client is not installed");
    context.skip("python3-prometheus-client is not installed; FC_ASYNC_REQUIRE_TOOLS=1 makes that a failure");
  }
  return (bodies) => {
    const read = spawnSync(python ?? "", ["-c", READ], {
      input: JSON.stringify(bodies),
      encoding: "utf8",
      maxBuffer: 512 * 1024 * 1024,
    });
    if (read.status !== 0) throw new Error(read.stderr);
    return read.stdout
      .trimEnd()
      .split("\n")
      .map((line): readonly ReadSample[] => JSON.parse(line.replaceAll(/\bNaN\b/gu, "null")));
  };
}
