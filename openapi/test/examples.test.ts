import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { everyValue, FOLDER, isObject, validatorAt } from "./description.ts";

interface Example {
  readonly file: string;
  /** Where the schema stands that the example follows. */
  readonly schema: string;
}

const EXAMPLES: readonly Example[] = [...everyValue()].flatMap(([pointer, value]) => {
  const file = isObject(value) ? value["externalValue"] : undefined;
  return typeof file === "string" ? [{ file, schema: pointer.replace(/\/examples\/[^/]+$/, "/schema") }] : [];
});

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"));

test.each(EXAMPLES)("$file follows $schema", ({ file, schema }) => {
  const validate = validatorAt(schema);
  validate(read(file));
  expect(validate.errors).toBeNull();
});

test("every file of the folder is an example of some answer", () => {
  const files = readdirSync(new URL("examples/", FOLDER)).map((name) => `examples/${name}`);
  expect(files.toSorted()).toEqual(EXAMPLES.map(({ file }) => file).toSorted());
});

const PAGE = "/components/responses/Page/content/application~1json/schema";
const ACS = "/components/responses/AcsRefusal/content/application~1json/schema";
const FC = "/components/responses/FcRefusal/content/application~1json/schema";
const row = { serviceName: "s", functionName: "f", qualifier: "LATEST" };

test.each([
  ["rows that are no list", PAGE, { data: {}, nextToken: "" }],
  ["more rows than limit can be", PAGE, { data: Array.from({ length: 101 }, () => row), nextToken: "" }],
  ["a row that is a text", PAGE, { data: ["f"], nextToken: "" }],
  ["a name that is a number", PAGE, { data: [{ ...row, functionName: 1 }], nextToken: "" }],
  ["a token that is a number", PAGE, { data: [row], nextToken: 7 }],
  ["a page that is a list", PAGE, [row]],
  ["a refusal without a code", ACS, { RequestId: "r", Message: "m" }],
  ["a refusal in the spelling of the other version", ACS, { ErrorCode: "AccessDenied", ErrorMessage: "m" }],
  ["a refusal in the spelling of the other version", FC, { RequestId: "r", Code: "AccessDenied", Message: "m" }],
  ["a refusal whose message is null", FC, { ErrorCode: "AccessDenied", ErrorMessage: null }],
])("refuses %s at %s", (_, schema, body) => {
  expect(validatorAt(schema)(body)).toBe(false);
});

test.each([
  ["members it does not know", { data: [{ ...row, etag: "e" }], nextToken: "", total: 1 }],
  ["a row without any member", { data: [{}] }],
  ["an empty object", {}],
])("allows %s in a page", (_, body) => {
  expect(validatorAt(PAGE)(body)).toBe(true);
});
