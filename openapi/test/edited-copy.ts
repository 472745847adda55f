import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import { FOLDER } from "./description.ts";

/** A copy of the description, with its examples, for the length of a test; and with one thing changed. */
export function editedCopy(edit: (text: string) => string): URL {
  const folder = mkdtempSync(join(tmpdir(), "fc-async-openapi-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const text = readFileSync(new URL("fc-2021-04-06.yaml", FOLDER), "utf8");
  const edited = edit(text);
  if (edited === text) throw new Error("the edit changes nothing: what it looks for is no longer there");
  cpSync(new URL("examples", FOLDER), join(folder, "examples"), { recursive: true });
  writeFileSync(join(folder, "edited.yaml"), edited);
  return pathToFileURL(join(folder, "edited.yaml"));
}
