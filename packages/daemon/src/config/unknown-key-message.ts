import type { JsonSchemaNode } from "./config-json-schema.ts";
import { closestName } from "../spelling/closest-name.ts";
import { formatPath, type ConfigPath } from "./config-path.ts";

/** What to say about a key that the mapping at `path` of a file does not take: the key it looks like, or all it takes. */
export function unknownKeyMessage(schema: JsonSchemaNode, path: ConfigPath, key: string): string {
  const known = knownKeys(schema, path);
  if (known.includes(key)) return `does not go with the other keys of ${formatPath(path)}; give one form alone`;
  const meant = closestName(key.toLowerCase().replaceAll("-", "_"), known);
  return meant === undefined ? `unknown key; known here: ${known.join(", ")}` : `unknown key; did you mean ${meant}?`;
}

function knownKeys(node: JsonSchemaNode, path: ConfigPath): readonly string[] {
  const forms = [node, ...(node.anyOf ?? [])];
  const [step, ...rest] = path;
  if (step === undefined) return forms.flatMap(({ properties }) => Object.keys(properties ?? {}));
  return forms.flatMap((form) => {
    const next = typeof step === "number" ? form.items : new Map(Object.entries(form.properties ?? {})).get(step);
    return next === undefined ? [] : knownKeys(next, rest);
  });
}
