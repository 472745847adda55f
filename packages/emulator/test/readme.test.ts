import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { printed } from "./readme-example.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const readme = read("../README.md");

test("the example of the README runs and gives what the README says", () => {
  const [, code, output] = /```ts\n(.*?)```.*?```\n(.*?)```/su.exec(readme) ?? [];
  expect(code).toBe(read("readme-example.ts"));
  expect(output).toBe(printed);
});

test("every test that the README names as evidence exists", () => {
  const files = readdirSync(new URL(".", import.meta.url)).filter((name) => name.endsWith(".test.ts"));
  const titles = files.map((name) => read(name)).join("\n");
  const [evidence = ""] = readme.split("## createEmulator");
  const named = [...evidence.matchAll(/^\|.*\| `([^`]+)` +\|$/gmu)].map(([, title = ""]) => title);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((title) => !titles.includes(`"${title}"`))).toEqual([]);
});
