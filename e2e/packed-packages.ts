import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runOrThrow } from "./run-to-end.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PACKAGES = ["@fc-async/protocol", "@fc-async/core", "@fc-async/emulator", "fc-async-emulator"] as const;
const QUIETLY = ["--no-audit", "--no-fund", "--loglevel=error"];

/** A project of somebody who installed our packages. */
export interface Project {
  readonly folder: string;
  remove(): Promise<void>;
}

/** A runtime that is published as an npm package of its own name. */
export interface Runtime {
  readonly name: "deno" | "bun";
  readonly version: string;
}

/** Builds and packs protocol, core and both emulators, and installs the tarballs with npm into a folder of its own. */
export async function installPackedPackages(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "fc-async-packed-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true });
  try {
    await installTarballs(folder);
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}

async function installTarballs(folder: string): Promise<void> {
  const filters = PACKAGES.map((name) => `--filter=${name}`);
  await runOrThrow(ROOT, join(ROOT, "node_modules/.bin/turbo"), ["run", "build", ...filters]);
  const files: string[] = [];
  for (const [index, name] of PACKAGES.entries()) {
    // A folder for each: `@fc-async/emulator` and `fc-async-emulator` pack to one file name.
    const destination = join(folder, `tarball-${index}`);
    // pnpm, because it alone puts `publishConfig.exports` in the place of `exports`.
    await runOrThrow(ROOT, "pnpm", [`--filter=${name}`, "pack", "--pack-destination", destination]);
    files.push(...(await readdir(destination)).map((file) => join(destination, file)));
  }
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await runOrThrow(folder, "npm", ["install", "--prefer-offline", ...QUIETLY, ...files]);
}

/**
 * Installs the published binary of another runtime beside them. Without `fromRegistry` only when npm has it in its cache:
 * each is a hundred megabytes. Answers the program's path.
 */
export async function installRuntime(
  { folder }: Project,
  { name, version }: Runtime,
  fromRegistry: boolean,
): Promise<string | undefined> {
  const install = ["install", fromRegistry ? "--prefer-offline" : "--offline", ...QUIETLY, `${name}@${version}`];
  try {
    await runOrThrow(folder, "npm", install);
  } catch (error) {
    if (fromRegistry) throw error;
    return undefined;
  }
  return join(folder, "node_modules/.bin", name);
}
