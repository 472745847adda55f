import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { GOALS } from "./goals/goals.ts";
import { describeMachine } from "./machine/describe-machine.ts";
import { choosePinnings } from "./machine/pinning.ts";
import { betweenMarkers } from "./report/between-markers.ts";
import type { GoalRow } from "./report/goal-row.ts";
import { markdownTable } from "./report/markdown-table.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    goal: { type: "string", multiple: true, default: [] },
    write: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1)
  throw new RangeError(`--rounds is a positive integer, not ${values.rounds}`);
const unknown = values.goal.find((id) => GOALS.every((goal) => goal.id !== id));
if (unknown !== undefined)
  throw new RangeError(`--goal is one of ${GOALS.map(({ id }) => id).join(", ")}, not ${unknown}`);
if (values.write && values.goal.length > 0) throw new RangeError("--write takes the whole report: leave out --goal");

const pinnings = choosePinnings();
const machine = describeMachine(pinnings, rounds);
const folder = mkdtempSync(join(tmpdir(), "fc-async-bench-"));
const rows: GoalRow[] = [];
try {
  for (const goal of GOALS) {
    const { id } = goal;
    if (values.goal.length > 0 && !values.goal.includes(id)) continue;
    const startedMs = performance.now();
    const ownFolder = join(folder, id);
    mkdirSync(ownFolder);
    rows.push(...(await goal.measure({ pinnings, rounds, folder: ownFolder })));
    console.error(`${id}: ${Math.round((performance.now() - startedMs) / 1000)} s`);
  }
} finally {
  rmSync(folder, { recursive: true });
}

const report = (shown: readonly GoalRow[]): string => `${machine}\n\n${markdownTable(shown)}`;
console.log(report(rows));
if (values.write) {
  writeBetweenMarkers("README.md", report(rows));
  // The first page shows what was promised; what others reach stands here.
  writeBetweenMarkers("../README.md", report(rows.filter(({ required }) => required !== "")));
}

function writeBetweenMarkers(path: string, text: string): void {
  const document = new URL(path, import.meta.url);
  writeFileSync(document, betweenMarkers(readFileSync(document, "utf8"), text));
}
