import { mkdir, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "./temporary-folder.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const COMPILER_OPTIONS = {
  strict: true,
  noEmit: true,
  target: "es2024",
  lib: ["es2025", "esnext.array", "webworker"],
  module: "nodenext",
  types: ["node"],
  skipLibCheck: true,
  // The packages of this repository are linked as sources.
  allowImportingTsExtensions: true,
};

/** A project of somebody who pastes samples: an ES module with what they install, linked from here. Gone when the test ends. */
export async function sampleProject(): Promise<string> {
  const folder = await temporaryFolder();
  const sdk = createRequire(import.meta.url).resolve("@alicloud/fc-open20210406");
  const ofSdk = createRequire(sdk);
  const installed: readonly (readonly [name: string, target: string])[] = [
    ["@fc-async/core", join(ROOT, "packages/core")],
    ["@fc-async/protocol", join(ROOT, "packages/protocol")],
    ["@types/node", join(ROOT, "node_modules/@types/node")],
    ["@alicloud/fc-open20210406", packageOf(sdk)],
    ["@alicloud/openapi-client", packageOf(ofSdk.resolve("@alicloud/openapi-client"))],
    ["@alicloud/tea-util", packageOf(ofSdk.resolve("@alicloud/tea-util"))],
  ];
  for (const [name, target] of installed) {
    const link = join(folder, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(target, link, "dir");
  }
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ["*.ts"] }),
  );
  return folder;
}

/** The folder of a package whose entry is in its `dist`. */
function packageOf(entry: string): string {
  return entry.slice(0, entry.lastIndexOf("/dist/"));
}
