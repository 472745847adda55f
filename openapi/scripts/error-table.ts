import { readFileSync } from "node:fs";
import { Ajv2020, type SchemaObject } from "ajv/dist/2020.js";

/** One entry of `errors.yaml`, as it is written there. */
export interface ErrorEntry {
  readonly code: string;
  readonly statuses: readonly number[];
  readonly messagePattern?: string;
  readonly family: "fc" | "gateway";
  readonly reason: string;
  readonly meaning: string;
  readonly cause: string;
  readonly nextStep: string;
  readonly retryable: boolean;
  readonly clockSkew?: true;
  /** Names of `sources`. */
  readonly source: readonly string[];
}

/** The whole of `errors.yaml`. */
export interface ErrorTable {
  /** Where the facts come from, by the name under which entries cite it. */
  readonly sources: Readonly<Record<string, string>>;
  readonly errors: readonly ErrorEntry[];
}

/** Something wrong with the table, and the way to it from the root. */
export interface TableProblem {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

const schema: SchemaObject = JSON.parse(readFileSync(new URL("../errors.schema.json", import.meta.url), "utf8"));
const validate = new Ajv2020({ allErrors: true, formats: { regex: isRegularExpression } }).compile<ErrorTable>(schema);

/** Holds a parsed file against `errors.schema.json`. */
export function checkShape(
  value: unknown,
): { readonly table: ErrorTable } | { readonly problems: readonly TableProblem[] } {
  if (validate(value)) return { table: value };
  return {
    problems: (validate.errors ?? []).map(({ instancePath, message = "is not valid", params }) => {
      const path = instancePath.split("/").slice(1).map(pathStep);
      const unknown: unknown = params["additionalProperty"];
      return typeof unknown === "string"
        ? { path: [...path, unknown], text: `the member ${unknown} is unknown here` }
        : { path, text: `${path.join(".") || "the file"} ${message}` };
    }),
  };
}

/** A step of a JSON pointer (RFC 6901): numbers stand for items. */
function pathStep(step: string): string | number {
  return /^\d+$/.test(step) ? Number(step) : step.replaceAll("~1", "/").replaceAll("~0", "~");
}

function isRegularExpression(text: string): boolean {
  try {
    return new RegExp(text, "i").flags === "i";
  } catch {
    return false;
  }
}
