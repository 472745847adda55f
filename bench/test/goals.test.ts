import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { GOALS } from "../goals/goals.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("every goal is measured once, under an id of its own", () => {
  const ids = GOALS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(["P3", "P5", "P6", "P7", "P8", "P9", "P10", "P14"]));
});

test.each(GOALS.map(({ id }) => id))("the README says what %s measures", (id) => {
  expect(readme).toMatch(new RegExp(String.raw`\*\*${id}\*\*`));
});
