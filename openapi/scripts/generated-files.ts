import { schemaText } from "./schema-text.ts";

const root = new URL("../../", import.meta.url);

/** A file that is made, not written. */
export interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** Every generated file of the repository with the text that the contract yields today. */
export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  const schema = await schemaText(new URL("openapi/fc-2021-04-06.yaml", root));
  return [{ path: "packages/core/src/generated/schema.ts", text: schema }];
}
