import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runToEnd } from "./run-to-end.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const MODULES = join(ROOT, "node_modules");
const NOT_COPIED: ReadonlySet<string> = new Set([".git", ".tsc", ".turbo", "coverage", "dist"]);

/** What a check said; stdout and stderr together, without the line breaks of a narrow terminal. */
export interface Findings {
  readonly code: number | null;
  readonly output: string;
}

/** A copy of the checkout in which files may be planted. The checkout itself is never touched. */
export interface RepositoryCopy {
  /** Writes a file, runs `during`, and puts back what was there. The path is one from the root of the repository. */
  withFile<T>(path: string, change: (before: string) => string, during: () => Promise<T>): Promise<T>;
  /** Runs one of the root's tools, by the name of its command, at the root of the copy. */
  run(tool: string, ...arguments_: readonly string[]): Promise<Findings>;
  remove(): Promise<void>;
}

/**
 * Copies the sources. The links between the packages are relative, so they stay within the copy; the installed packages
 * are those of the checkout.
 */
export async function copyRepository(): Promise<RepositoryCopy> {
  const folder = await mkdtemp(join(tmpdir(), "fc-async-checks-"));
  const filter = (source: string): boolean => source !== MODULES && !NOT_COPIED.has(basename(source));
  await cp(ROOT, folder, { recursive: true, verbatimSymlinks: true, filter });
  await symlink(MODULES, join(folder, "node_modules"), "dir");
  return {
    async withFile(path, change, during) {
      const file = join(folder, path);
      const before = await readFile(file, "utf8").catch(() => undefined);
      await writeFile(file, change(before ?? ""));
      try {
        return await during();
      } finally {
        await (before === undefined ? rm(file) : writeFile(file, before));
      }
    },
    async run(tool, ...arguments_) {
      const { code, stdout, stderr } = await runToEnd(folder, join(MODULES, ".bin", tool), arguments_);
      return { code, output: unwrapped(stdout + stderr) };
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

/** Messages of turbo and oxlint go on behind a `|` on the next line. */
function unwrapped(output: string): string {
  return output.replaceAll(/\n +[|│] /g, "");
}
