import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { parse } from "yaml";

type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** The folder of the contract. */
export const FOLDER: URL = new URL("../", import.meta.url);

/** The whole description, parsed. */
export const DESCRIPTION: JsonObject = objectFrom(parse(readFileSync(new URL("fc-2021-04-06.yaml", FOLDER), "utf8")));

/** What a JSON pointer (RFC 6901) into the description leads to. */
export function at(pointer: string): Json | undefined {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<Json | undefined>((node, step) => (isObject(node) ? node[step] : undefined), DESCRIPTION);
}

/** The same, where it must be an object. */
export function objectAt(pointer: string): JsonObject {
  return objectFrom(at(pointer));
}

/** Every value of the description with the pointer to it, parents first. */
export function* everyValue(value: Json = DESCRIPTION, pointer = ""): Generator<readonly [pointer: string, Json]> {
  yield [pointer, value];
  if (typeof value !== "object" || value === null) return;
  for (const [step, inner] of Object.entries(value)) {
    yield* everyValue(inner, `${pointer}/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  }
}

// The description is not a JSON Schema, it holds some: strict mode is told the words around them.
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
ajv.addVocabulary(Object.keys(DESCRIPTION));
ajv.addSchema({ ...DESCRIPTION, $id: "contract" });

/** A validator of the schema at a pointer of the description. */
export function validatorAt(pointer: string): ValidateFunction {
  return ajv.compile({ $ref: `contract#${encodeURI(pointer)}` });
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectFrom(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new Error("not an object");
  return value;
}
