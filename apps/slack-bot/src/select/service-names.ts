import type { TargetList } from "./survey.ts";

/** The names of all services of all lists; one that stands in several lists comes several times. */
export function* serviceNames(lists: readonly TargetList[]): Generator<string, void, undefined> {
  for (const { snapshot } of lists) for (const { serviceName } of snapshot.services) yield serviceName;
}
