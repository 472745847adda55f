import type { core } from "zod";
import type { Config } from "./config.ts";
import { documentJsonSchema, type JsonSchemaNode } from "./config-json-schema.ts";
import type { ConfigPath } from "./config-path.ts";
import { configSchema } from "./config-schema.ts";
import { credentialsForm, keySourceForm } from "./credentials-schema.ts";
import { duplicateProblems } from "./duplicate-problems.ts";
import { relationProblems } from "./relation-problems.ts";
import { unknownKeyMessage } from "./unknown-key-message.ts";

/** One thing that is wrong with a document. */
export interface DocumentProblem {
  readonly path: ConfigPath;
  readonly message: string;
  /** Whether the key or its value is wrong. */
  readonly at: "key" | "value";
}

export type DocumentCheck =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[] };

/** Makes the configuration of a document, or lists all that is wrong with it: forms, keys, what stands there twice, and what does not go together. */
export function checkDocument(document: unknown): DocumentCheck {
  const result = configSchema.safeParse(document, { jitless: true });
  const problems = [
    ...documentProblems(result.error, document, documentJsonSchema),
    ...duplicateProblems(document),
    ...relationProblems(document),
  ];
  return result.success && problems.length === 0 ? { ok: true, config: result.data } : { ok: false, problems };
}

/** What a schema found wrong with a document. `schema` gives the same schema as JSON Schema, for the names of keys. */
export function documentProblems(
  error: core.$ZodError | undefined,
  document: unknown,
  schema: () => JsonSchemaNode,
): readonly DocumentProblem[] {
  return (error?.issues ?? []).flatMap((issue) => problemsOf(issue, issue.path, valueAt(document, issue.path), schema));
}

/** `path` is that of the issue from the top, `value` what stands there. */
function problemsOf(
  issue: core.$ZodIssue,
  path: readonly PropertyKey[],
  value: unknown,
  schema: () => JsonSchemaNode,
): readonly DocumentProblem[] {
  const at = configPath(path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...at, key], message: unknownKeyMessage(schema(), at, key), at: "key" }));
  }
  if (issue.code === "invalid_union") {
    const form = unionMember(path, value);
    // A union tells everything that is wrong with every form; only the one that is meant is of use.
    const meant = form === undefined ? [] : (issue.errors[form] ?? []);
    if (meant.length > 0) {
      return meant.flatMap((inner) => problemsOf(inner, [...path, ...inner.path], valueAt(value, inner.path), schema));
    }
  }
  return [{ path: at, message: issue.message, at: "value" }];
}

/** Which member of a union is meant; `undefined` when its own message says it best. */
function unionMember(path: readonly PropertyKey[], value: unknown): number | undefined {
  if (path.at(-1) === "credentials") return credentialsForm(value);
  return path.at(-2) === "credentials" && path.at(-1) === "source" ? keySourceForm(value) : undefined;
}

function configPath(path: readonly PropertyKey[]): ConfigPath {
  return path.map((step) => (typeof step === "symbol" ? step.toString() : step));
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}
