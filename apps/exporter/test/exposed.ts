import { spawnSync } from "node:child_process";
import type { TestContext } from "vitest";
import { expect } from "vitest";

/** The values of one metric, in the order of the exposition. */
export function valuesOf(text: string, name: string): readonly number[] {
  return [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, "gmu"))].map(([, value]) => Number(value));
}

export function sumOf(text: string, name: string): number {
  return valuesOf(text, name).reduce((sum, value) => sum + value, 0);
}

/** The lines of everything that is about targets: the rest moves with the process. */
export function targetLines(text: string): string {
  return text
    .split("\n")
    .filter((line) => /aliyun_fc_(?:async_task|api)_/u.test(line))
    .join("\n");
}

/** What a strict reader refuses before it looks at values: a family in two groups, a series twice. */
export function expectGrouped(text: string): void {
  const lines = text.split("\n").filter((line) => line !== "");
  const families = lines.filter((line) => line.startsWith("# TYPE ")).map((line) => line.split(" ")[2] ?? "");
  expect(new Set(families).size).toBe(families.length);
  const series = lines.filter((line) => !line.startsWith("#")).map((line) => line.slice(0, line.lastIndexOf(" ")));
  expect(new Set(series).size).toBe(series.length);
  let current = "";
  for (const line of lines) {
    if (line.startsWith("# TYPE ")) current = line.split(" ")[2] ?? "";
    else if (!line.startsWith("#")) expect(line.startsWith(current), `${line} in the group of ${current}`).toBe(true);
  }
}

/** Prometheus' own linter has nothing to say. Skips the test where it is not installed and may be missing. */
export function expectPromtoolAccepts(text: string, context: TestContext): void {
  const { error, status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], {
    input: text,
    encoding: "utf8",
  });
  if (error !== undefined) {
    if (process.env["FC_ASYNC_REQUIRE_TOOLS"] === "1") throw error;
    context.skip("promtool is not installed; FC_ASYNC_REQUIRE_TOOLS=1 makes that a failure");
  }
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: "" });
}
