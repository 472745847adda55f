/** Makes every generated file again, in memory, and fails when what is checked in differs. */
import { readFile } from "node:fs/promises";
import { generatedFiles } from "../openapi/scripts/generated-files.ts";

const root = new URL("../", import.meta.url);
const differing: string[] = [];

for (const { path, text } of await generatedFiles()) {
  const present = await readFile(new URL(path, root), "utf8").catch(() => "");
  if (present !== text) differing.push(path);
}

if (differing.length > 0) {
  console.error(
    `Not what openapi/ yields today:\n${differing.join("\n")}\nRun \`pnpm generate\` and commit the result.`,
  );
  process.exitCode = 1;
}
