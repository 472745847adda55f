import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CATALOGUE } from "@fc-async/exposition";
import { printed } from "./readme-example.ts";

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

test("the example of the README runs and gives what the README says", () => {
  const [, code, output] = /```ts\n(.*?)```.*?```\n(.*?)```/su.exec(read("../README.md")) ?? [];
  expect(code).toBe(read("readme-example.ts"));
  expect(output).toBe(printed);
});

test("metrics that the README names are in the catalogue", () => {
  const named = read("../README.md").match(/\baliyun_fc_\w+/g) ?? [];
  expect(named.filter((name) => !CATALOGUE.has(name))).toEqual([]);
});
