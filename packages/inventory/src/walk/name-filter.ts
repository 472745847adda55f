import type { InventoryRow } from "../snapshot/snapshot.ts";

/** Patterns in which `*` stands for any text, the empty one included. */
export interface NamePatterns {
  readonly services: readonly string[];
  readonly functions: readonly string[];
}

/**
 * Which rows of an account belong to its inventory: those whose service *and* function match `include`, without those whose
 * service *or* function matches `exclude`.
 */
export function nameFilter(include: NamePatterns, exclude: NamePatterns): (row: InventoryRow) => boolean {
  const wanted = { services: anyOf(include.services), functions: anyOf(include.functions) };
  const unwanted = { services: anyOf(exclude.services), functions: anyOf(exclude.functions) };
  return ({ serviceName, functionName }) =>
    wanted.services(serviceName) &&
    wanted.functions(functionName) &&
    !unwanted.services(serviceName) &&
    !unwanted.functions(functionName);
}

function anyOf(patterns: readonly string[]): (name: string) => boolean {
  if (patterns.includes("*")) return () => true;
  return (name) => patterns.some((pattern) => matchesPattern(name, pattern));
}

/** Linear in name and pattern: no regular expression is made of what a person typed. */
export function matchesPattern(name: string, pattern: string): boolean {
  const [head = "", ...parts] = pattern.split("*");
  const tail = parts.pop();
  if (tail === undefined) return name === head;
  if (name.length < head.length + tail.length || !name.startsWith(head) || !name.endsWith(tail)) return false;
  let from = head.length;
  for (const part of parts) {
    const at = name.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return from <= name.length - tail.length;
}
