import { documentJsonSchema, type JsonSchemaNode } from "./config-json-schema.ts";
import { formatPath, type ConfigPath } from "./config-path.ts";

/** What to say about a key that the mapping at `path` does not take: the key it looks like, or all it takes. */
export function unknownKeyMessage(path: ConfigPath, key: string): string {
  const known = knownKeys(documentJsonSchema(), path);
  if (known.includes(key)) return `does not go with the other keys of ${formatPath(path)}; give one form alone`;
  const closest = known
    .map((candidate) => ({ candidate, distance: editDistance(key, candidate) }))
    .toSorted((a, b) => a.distance - b.distance)[0];
  return closest !== undefined && closest.distance <= Math.max(2, closest.candidate.length / 4)
    ? `unknown key; did you mean ${closest.candidate}?`
    : `unknown key; known here: ${known.join(", ")}`;
}

function knownKeys(node: JsonSchemaNode, path: ConfigPath): readonly string[] {
  const [step, ...rest] = path;
  if (step === undefined)
    return [node, ...(node.anyOf ?? [])].flatMap(({ properties }) => Object.keys(properties ?? {}));
  const next = typeof step === "number" ? node.items : new Map(Object.entries(node.properties ?? {})).get(step);
  return next === undefined ? [] : knownKeys(next, rest);
}

/** Levenshtein distance, with dashes and upper case taken as the underscores and lower case of our keys. */
function editDistance(written: string, known: string): number {
  const from = written.slice(0, 60).toLowerCase().replaceAll("-", "_");
  let row = Array.from({ length: known.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= known.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (from[i - 1] === known[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
    }
    row = next;
  }
  return row[known.length] ?? 0;
}
