import { readFile } from "node:fs/promises";
import { catalogueText } from "./catalogue-text.ts";
import { operationText } from "./operation-text.ts";
import { parseErrorTable } from "./parse-error-table.ts";
import { schemaText } from "./schema-text.ts";
import { validatorsText } from "./validators-text.ts";

const root = new URL("../../", import.meta.url);
const description = new URL("openapi/fc-2021-04-06.yaml", root);

/** A file that is made, not written. */
export interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/**
 * Every generated file of the repository with the text that the contract yields today.
 *
 * @throws Error when the description or the error table is not valid; the message names file and line.
 */
export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  const errors = parseErrorTable(await readFile(new URL("openapi/errors.yaml", root), "utf8"), "openapi/errors.yaml");
  const validators = validatorsText(description);
  return [
    { path: "packages/core/src/generated/schema.ts", text: await schemaText(description) },
    { path: "apps/explorer/src/generated/operation.ts", text: await operationText(description, "2021-04-06") },
    { path: "packages/protocol/src/errors/generated/error-catalogue.ts", text: catalogueText(errors) },
    { path: "packages/emulator/src/contract/generated/validators.js", text: validators.js },
    { path: "packages/emulator/src/contract/generated/validators.d.ts", text: validators.types },
  ];
}
