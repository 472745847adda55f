import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { at, everyValue, FOLDER, isObject, objectAt, validatorAt } from "./description.ts";
import { editedCopy } from "./edited-copy.ts";

const PATHS = [
  "/2021-04-06/stateful-async-invocation-functions",
  "/2016-08-15/stateful-async-invocation-functions",
] as const;

const operationAt = (path: string): string => `/paths/${path.replaceAll("/", "~1")}/get`;

describe("redocly with its recommended rules", () => {
  const redocly = fileURLToPath(new URL("node_modules/@redocly/cli/bin/cli.js", FOLDER));
  const config = fileURLToPath(new URL("redocly.yaml", FOLDER));
  const env = { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const lint = (file: string): readonly string[] => [redocly, "lint", file, "--config", config, "--format", "json"];

  test("finds nothing to say about the description", () => {
    const report: unknown = JSON.parse(
      execFileSync(process.execPath, lint("fc-2021-04-06.yaml"), { cwd: FOLDER, env, encoding: "utf8" }),
    );
    expect(report).toMatchObject({ totals: { errors: 0, warnings: 0, ignored: 0 } });
  });

  test.each([
    [
      "a reference that leads nowhere",
      "no-unresolved-refs",
      "#/components/responses/Page",
      "#/components/responses/Leaf",
    ],
    ["an operation without a summary", "operation-summary", /^ {6}summary: .*\n/m, ""],
  ] as const)("finds %s", (_, rule, before, after) => {
    const file = fileURLToPath(editedCopy((text) => text.replace(before, after)));
    const { status, stdout } = spawnSync(process.execPath, lint(file), { env, encoding: "utf8" });
    expect(status).not.toBe(0);
    const report: unknown = JSON.parse(stdout);
    expect(report).toMatchObject({ problems: expect.arrayContaining([expect.objectContaining({ ruleId: rule })]) });
  });
});

describe("the description", () => {
  test("has a target for every reference", () => {
    const references = [...everyValue()].flatMap(([, value]) => (isObject(value) ? [value["$ref"]] : []));
    const targets = references.filter((reference) => typeof reference === "string");
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((target) => at(target.slice(1)) === undefined)).toEqual([]);
  });

  test("names a source for every statement about the service", () => {
    const unsourced = [...everyValue()].filter(
      ([pointer, value]) =>
        typeof value === "string" &&
        /^\/(servers|tags|paths|components)\/.*\/description$/.test(pointer) &&
        !/ Source: [^.].+\.$/s.test(value),
    );
    expect(unsourced).toEqual([]);
  });

  test("gives both API versions the same parameters, page and RAM action", () => {
    const [current, older] = PATHS.map((path) => objectAt(operationAt(path)));
    for (const member of ["parameters", "x-ram-action"]) expect(older?.[member]).toEqual(current?.[member]);
    const page = PATHS.map((path) => at(`${operationAt(path)}/responses/200`));
    expect(page).toEqual([{ $ref: "#/components/responses/Page" }, { $ref: "#/components/responses/Page" }]);
  });

  test("gives each API version its own operation id, signature and error body", () => {
    for (const member of ["operationId", "security", "responses/4XX"]) {
      const [current, older] = PATHS.map((path) => at(`${operationAt(path)}/${member}`));
      expect(current).toBeDefined();
      expect(older).toBeDefined();
      expect(older).not.toEqual(current);
    }
  });

  test("holds the parameters of the vendor's page, none required", () => {
    const parameters = Object.values(objectAt("/components/parameters")).filter((parameter) => isObject(parameter));
    expect(parameters.map(({ name, in: place, required }) => [place, name, required])).toEqual([
      ["query", "limit", undefined],
      ["query", "nextToken", undefined],
      ["header", "X-Fc-Account-Id", undefined],
      ["header", "X-Fc-Date", undefined],
      ["header", "X-Fc-Trace-Id", undefined],
    ]);
    expect(at("/components/parameters/Limit/schema")).toEqual({
      type: "integer",
      minimum: 1,
      maximum: 100,
      default: 20,
    });
  });

  test.each([
    ["the example of the page", "Wed, 11 May 2022 09:00:00 GMT", true],
    ["the format of the page", "Wed,1 May 2022 09:00:00 GMT", true],
    ["a date in ISO 8601", "2022-05-11T09:00:00Z", false],
    ["another zone", "Wed, 11 May 2022 09:00:00 CST", false],
  ])("X-Fc-Date: %s, %s, is allowed: %s", (_, date, isAllowed) => {
    expect(validatorAt("/components/parameters/RequestDate/schema")(date)).toBe(isAllowed);
  });
});
