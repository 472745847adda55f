import type { InventoryRow } from "../snapshot/snapshot.ts";

/** Patterns in which `*` stands for any text, the empty one included, and `?` for one character. */
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

/**
 * Whether a whole name is what a pattern says: `*` is any text, `?` one character, everything else itself. Goes back only to
 * the last `*`, so that no pattern takes more than name times pattern: no regular expression is made of what a person typed.
 */
export function matchesPattern(name: string, pattern: string): boolean {
  const characters = Array.from(name);
  const wanted = Array.from(pattern);
  let at = 0;
  let next = 0;
  let star: { readonly next: number; at: number } | undefined;
  while (at < characters.length) {
    if (wanted[next] === "*") {
      next += 1;
      star = { next, at };
    } else if (next < wanted.length && (wanted[next] === "?" || wanted[next] === characters[at])) {
      at += 1;
      next += 1;
    } else if (star !== undefined) {
      star.at += 1;
      ({ at, next } = star);
    } else {
      return false;
    }
  }
  return wanted.slice(next).every((character) => character === "*");
}
