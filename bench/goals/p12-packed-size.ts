import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { countRow, type GoalRow } from "../report/goal-row.ts";
import type { Bench, Goal } from "./goal.ts";

const MOST_BYTES = 150_000;
const MOST_PACKAGES = 4;

/** P12: what `npm install @fc-async/core` brings along, as tarballs. */
export const packedSize: Goal = {
  id: "P12",
  async measure({ folder }: Bench): Promise<readonly GoalRow[]> {
    const goal = "P12";
    execFileSync("turbo", ["run", "build", "--filter=@fc-async/core", "--output-logs=errors-only"], QUIET);
    const packages = installedWith("@fc-async/core", import.meta.dirname);
    for (const cwd of packages) {
      execFileSync("pnpm", ["pack", "--pack-destination", folder, "--config.ignore-scripts=true"], {
        ...QUIET,
        cwd,
      });
    }
    const tarballs = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
    const bytes = tarballs.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    return [
      countRow({ goal, what: "core with everything it depends on, packed" }, `${Math.round(bytes / 1000)} kB`, {
        text: `≤ ${MOST_BYTES / 1000} kB`,
        isMet: bytes <= MOST_BYTES,
      }),
      countRow({ goal, what: "packages of it" }, String(tarballs.length), {
        text: `≤ ${MOST_PACKAGES}`,
        isMet: tarballs.length <= MOST_PACKAGES,
      }),
    ];
  },
};

const QUIET = { stdio: ["ignore", "ignore", "inherit"] } satisfies Parameters<typeof execFileSync>[2];

/** The folders of a package and of all it depends on, each once. */
function installedWith(name: string, from: string, found: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const folder = packageFolder(name, from);
  if (found.has(folder)) return found;
  const manifest: { readonly dependencies?: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const dependencies = Object.keys(manifest.dependencies ?? {});
  return dependencies.reduce(
    (all, dependency) => installedWith(dependency, folder, all),
    new Set([...found, folder]) as ReadonlySet<string>,
  );
}

/** Looked for as Node does: in the `node_modules` of each folder upwards. Exports that hide package.json are no obstacle. */
function packageFolder(name: string, from: string): string {
  const places = createRequire(join(from, "package.json")).resolve.paths(name) ?? [];
  for (const place of places) {
    const manifest = join(place, name, "package.json");
    if (statSync(manifest, { throwIfNoEntry: false }) !== undefined) return dirname(realpathSync(manifest));
  }
  throw new Error(`${name} is not installed where ${from} would find it; run pnpm install`);
}
