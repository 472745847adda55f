import type { AsyncFunction } from "@fc-async/core";

/** How many functions of a service have asynchronous tasks enabled, under whichever qualifiers. */
export interface ServiceCount {
  readonly service: string;
  readonly functions: number;
}

/**
 * Counts distinct functions: a row is a function under one qualifier. A list and not an object by name, because `__proto__` is
 * a name that a service can have.
 */
export async function countsPerService(rows: AsyncIterable<AsyncFunction>): Promise<ServiceCount[]> {
  const functions = new Map<string, Set<string>>();
  for await (const { serviceName, functionName } of rows) {
    const names = functions.get(serviceName);
    if (names === undefined) functions.set(serviceName, new Set([functionName]));
    else names.add(functionName);
  }
  return Array.from(functions, ([service, names]) => ({ service, functions: names.size }));
}
