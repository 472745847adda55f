import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { generatedFiles } from "../scripts/generated-files.ts";
import { operationText } from "../scripts/operation-text.ts";
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

test("the operation has its parameters, limits and words from the description", async () => {
  const file = editedCopy((text) =>
    text.replace("minimum: 1, maximum: 100, default: 20", "minimum: 2, maximum: 7, default: 3"),
  );
  const text = await operationText(file, "2021-04-06");
  expect(text).toContain('"minimum": 2,\n      "maximum": 7,\n      "default": 3,');
  expect(text).toContain("Source: operation page, metadata.");
});

test("a version or a parameter that is not there yields no operation", async () => {
  const file = editedCopy((text) => text.replace("#/components/parameters/TraceId", "#/components/parameters/NoSuch"));
  await expect(operationText(file, "2021-04-06")).rejects.toThrow("#/components/parameters/NoSuch leads nowhere");
  await expect(operationText(file, "2023-03-30")).rejects.toThrow("no path of version 2023-03-30");
});
