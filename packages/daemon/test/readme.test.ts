import { readFileSync } from "node:fs";
import * as daemon from "@fc-async/daemon";
import { expect, test } from "vitest";
import { printed } from "./readme-example.ts";

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

test("the example of the README runs and gives what the README says", () => {
  const [, code, output] = /```ts\n(.*?)```.*?```\n(.*?)```/su.exec(read("../README.md")) ?? [];
  expect(code).toBe(read("readme-example.ts"));
  expect(output).toBe(printed);
});

test("the functions that the README names are exported", () => {
  const table = read("../README.md").split("## What is in it")[1]?.split("\n\n")[1] ?? "";
  const named = table.split("\n").flatMap((row) => row.split("|")[1]?.match(/(?<=`)[a-zA-Z]{2,}(?=[`(])/gu) ?? []);
  expect(named.length).toBeGreaterThan(12);
  expect(named.filter((name) => !Object.hasOwn(daemon, name))).toEqual([]);
});
