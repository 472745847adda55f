import { readFile } from "node:fs/promises";
import { configJsonSchema, readConfig, renderConfigurationDocs } from "@fc-async/daemon";
import { expect, test } from "vitest";

test("the published JSON Schema is the one of this code", async () => {
  const published: unknown = JSON.parse(
    await readFile(new URL("../schema/fc-async.schema.json", import.meta.url), "utf8"),
  );
  expect(published, "renew it as the README says").toEqual(configJsonSchema());
});

test("the documentation page names every setting with default, form and meaning", async () => {
  await expect(renderConfigurationDocs()).toMatchFileSnapshot("golden/configuration.golden.md");
});

test("the example of the documentation is a valid configuration", () => {
  const example = /```yaml\n(?<yaml>.*?)```/su.exec(renderConfigurationDocs())?.groups?.["yaml"] ?? "";
  const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: "LTAI5tExampleKeyId0000" };
  const config = readConfig(example, { fileName: "fc-async.yaml", env });
  expect(config.accounts.map(({ alias }) => alias)).toEqual(["prod", "staging"]);
});

test("every setting of the page has a meaning", () => {
  const rows = renderConfigurationDocs()
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter((row) => / \| +\|$/u.test(row))).toEqual([]);
});
