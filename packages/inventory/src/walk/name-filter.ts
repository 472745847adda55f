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
  const matchers = patterns.map((pattern) => namePattern(pattern));
  return (name) => matchers.some((matches) => matches(name));
}

/**
 * Whether a whole name is what the pattern says: `*` is any text, `?` one character, everything else itself. Goes back only to
 * the last `*`, so that no pattern takes more than name times pattern: no regular expression is made of what a person typed.
 */
export function namePattern(pattern: string): (name: string) => boolean {
  const leastLength = pattern.replaceAll("*", "").length;
  return (name) => {
    if (name.length < leastLength) return false;
    let at = 0;
    let next = 0;
    let star: { readonly next: number; at: number } | undefined;
    while (at < name.length) {
      if (pattern[next] === "*") {
        next += 1;
        star = { next, at };
      } else if (pattern[next] === "?") {
        at += characterLengthAt(name, at);
        next += 1;
      } else if (pattern[next] === name[at]) {
        at += 1;
        next += 1;
      } else if (star !== undefined) {
        star.at += 1;
        ({ at, next } = star);
      } else {
        return false;
      }
    }
    while (pattern[next] === "*") next += 1;
    return next === pattern.length;
  };
}

/** In UTF-16 code units: 2 for a pair of surrogates. */
function characterLengthAt(text: string, index: number): number {
  return (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
}
