import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FOLDER, isObject, objectAt } from "./description.ts";

const readme = readFileSync(new URL("README.md", FOLDER), "utf8");

test("the README tells where every parameter, header and member comes from", () => {
  const parameters = Object.values(objectAt("/components/parameters")).filter((value) => isObject(value));
  const schemas = Object.values(objectAt("/components/schemas")).filter((value) => isObject(value));
  const names = [
    ...parameters.map(({ name }) => (typeof name === "string" ? name : "a parameter without a name")),
    ...Object.keys(objectAt("/components/responses/Page/headers")),
    ...schemas.flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : [])),
  ];
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test("the README lists every package with the version, and every thread, that the description cites", () => {
  const description = readFileSync(new URL("fc-2021-04-06.yaml", FOLDER), "utf8");
  const packages = [...description.matchAll(/@alicloud\/([\w-]+)@(\d+\.\d+\.\d+)/g)].map(
    ([, name, version]) => `${name} ${version}`,
  );
  const threads = [...description.matchAll(/[\w-]+\/[\w-]+(#\d+)/g)].map(([, number = ""]) => number);
  expect(packages.length).toBeGreaterThan(5);
  expect(threads.length).toBeGreaterThan(3);
  expect([...packages, ...threads].filter((source) => !readme.includes(source))).toEqual([]);
});
