import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { countRow, type GoalRow } from "../report/goal-row.ts";
import type { Goal } from "./goal.ts";

const MOST_BYTES = 150_000;
const PAGE = fileURLToPath(new URL("../../apps/explorer/dist/page/", import.meta.url));

/** X1: every file of the explorer's page, compressed. */
export const pageSize: Goal = {
  id: "X1",
  async measure(): Promise<readonly GoalRow[]> {
    execFileSync("turbo", ["run", "build", "--filter=fc-async-explorer", "--output-logs=errors-only"]);
    const files = globSync("**/*.{html,js,css,svg}", { cwd: PAGE });
    const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(`${PAGE}${file}`)).length, 0);
    return [
      countRow(
        { goal: "X1", what: `explorer's page, ${files.length} files, gzip` },
        `${(bytes / 1000).toFixed(1)} kB`,
        { text: `< ${MOST_BYTES / 1000} kB`, isMet: bytes < MOST_BYTES },
      ),
    ];
  },
};
