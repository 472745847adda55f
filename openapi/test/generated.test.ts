import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { generatedFiles } from "../scripts/generated-files.ts";
import { schemaText } from "../scripts/schema-text.ts";
import { editedCopy } from "./edited-copy.ts";

const root = new URL("../../", import.meta.url);

test("what is checked in is what the contract yields, every time", async () => {
  const [first, second] = [await generatedFiles(), await generatedFiles()];
  expect(second).toEqual(first);
  for (const { path, text } of first) expect(readFileSync(new URL(path, root), "utf8"), path).toBe(text);
});

test("the types leave arrays writable, which openapi-fetch needs", async () => {
  const [schema] = await generatedFiles();
  expect(schema?.text).toContain('data?: components["schemas"]["AsyncConfigMeta"][] | null;');
  expect(schema?.text).not.toContain("readonly");
});

test("a description with a reference that leads nowhere yields no types", async () => {
  const said = vi.spyOn(console, "error").mockReturnValue();
  const nowhere = "#/components/schemas/NoSuchError";
  const file = editedCopy((text) => text.replace("#/components/schemas/AcsError", nowhere));
  await expect(schemaText(file)).rejects.toThrow("resolve");
  expect(said.mock.calls.flat().join("\n")).toContain("#/components/responses/AcsRefusal");
});
