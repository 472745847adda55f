/** Writes every file that is generated from the contract. Run it after a change in this folder: `pnpm generate`. */
import { mkdir, writeFile } from "node:fs/promises";
import { generatedFiles } from "./generated-files.ts";

const root = new URL("../../", import.meta.url);

for (const { path, text } of await generatedFiles()) {
  const file = new URL(path, root);
  await mkdir(new URL(".", file), { recursive: true });
  await writeFile(file, text);
  process.stdout.write(`wrote ${path}\n`);
}
