/**
 * `pnpm generate`: writes every file that is made from the contract in openapi/ or from code. With `--check` it writes nothing
 * and fails when what is checked in differs.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { generatedFiles } from "../openapi/scripts/generated-files.ts";
import { generatedDocuments } from "./generated-documents.ts";

const root = new URL("../", import.meta.url);
const isCheck = process.argv.includes("--check");
const differing: string[] = [];

for (const { path, text } of [...(await generatedFiles()), ...generatedDocuments()]) {
  const file = new URL(path, root);
  const present = await readFile(file, "utf8").catch(() => undefined);
  if (present === text) continue;
  differing.push(path);
  if (isCheck) continue;
  await mkdir(new URL(".", file), { recursive: true });
  await writeFile(file, text);
  console.log(`wrote ${path}`);
}

if (isCheck && differing.length > 0) {
  console.error(
    `Not what the sources yield today:\n${differing.join("\n")}\nRun \`pnpm generate\` and commit the result.`,
  );
  process.exitCode = 1;
}
