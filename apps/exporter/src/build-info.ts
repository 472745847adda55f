import type { Build } from "./metrics/self-families.ts";

/** Put in by the build (`tsdown.config.ts`); a run from the sources has none of them. */
declare const BUILD_REVISION: string | undefined;
declare const BUILD_BRANCH: string | undefined;
declare const BUILD_DATE: string | undefined;

const builtAt = typeof BUILD_DATE === "string" ? BUILD_DATE : "";

/** What was built, from which state of the sources. */
export function buildInfo(version: string, nodeVersion: string): Build {
  return {
    version,
    revision: typeof BUILD_REVISION === "string" ? BUILD_REVISION : "",
    branch: typeof BUILD_BRANCH === "string" ? BUILD_BRANCH : "",
    nodeVersion,
  };
}

/** What `--version` prints, line by line what Prometheus' own programs do. */
export function versionText({ version, revision, branch, nodeVersion }: Build, platform: string): string {
  return [
    `fc-async-exporter, version ${version} (branch: ${branch || "unknown"}, revision: ${revision || "unknown"})`,
    `  build date:       ${builtAt || "not built: run from the sources"}`,
    `  node version:     ${nodeVersion}`,
    `  platform:         ${platform}`,
  ].join("\n");
}
