import { readFile } from "node:fs/promises";
import { readInput, type Input } from "./read-input.ts";

/** Reads a YAML or JSON file as `readInput` does; a file that cannot be read is a problem like any other. */
export async function inputFromFile<T>(file: string, parse: (value: unknown) => T): Promise<Input<T>> {
  const text = await textOfFile(file);
  return text.ok ? readInput(file, text.value, parse) : text;
}

/** The text of a file. */
export async function textOfFile(file: string): Promise<Input<string>> {
  try {
    return { ok: true, value: await readFile(file, "utf8") };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return { ok: false, problems: [`${file}: cannot be read (${error.message})`] };
  }
}
