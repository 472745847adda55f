import { readdirSync, readFileSync } from "node:fs";
import { EmulatorInputError, PAGINATION_MODES, parseFaults } from "@fc-async/emulator";
import { expect, test } from "vitest";
import { printed } from "./readme-example.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const readme = read("../README.md");

test("the example of the README runs and gives what the README says", () => {
  const [, usage = ""] = readme.split("## Use");
  const [, code, output] = /```ts\n(.*?)```.*?```\n(.*?)```/su.exec(usage) ?? [];
  expect(code).toBe(read("readme-example.ts"));
  expect(output).toBe(printed);
});

test("every test that the README names as evidence exists", () => {
  const files = readdirSync(new URL(".", import.meta.url)).filter((name) => name.endsWith(".test.ts"));
  const titles = [...files, "../../../e2e/test/vendor-sdk.test.ts"].map((name) => read(name)).join("\n");
  const [evidence = ""] = readme.split("## Use");
  const named = [...evidence.matchAll(/^\|.*\| `([^`]+)` +\|$/gmu)].map(([, title = ""]) => title);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((title) => !titles.includes(`"${title}"`))).toEqual([]);
});

test("every fault action and pagination mode that there is stands in the README", () => {
  const { action } = problemsOf([{ match: {}, times: 1, action: { type: "?" } }]);
  const types = [...action.matchAll(/"([a-z-]+)"/gu)].map(([, type = ""]) => type);
  expect(types.length).toBeGreaterThan(14);
  expect(types.filter((type) => !readme.includes(`{ type: "${type}"`))).toEqual([]);
  const modes = PAGINATION_MODES.map((mode) => mode.replace("<length>", "3"));
  expect(modes.filter((mode) => !readme.includes(`\`${mode}\``))).toEqual([]);
});

/** The message about each path of wrong rules. */
function problemsOf(rules: unknown): { readonly action: string } {
  try {
    parseFaults(rules);
  } catch (error) {
    if (error instanceof EmulatorInputError) return { action: error.problems.map(({ message }) => message).join() };
    throw error;
  }
  throw new Error("the rules are right");
}
