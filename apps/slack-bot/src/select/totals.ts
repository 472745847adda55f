import type { TargetList } from "./survey.ts";

/** Counts over some of the lists. The same function in two regions is two functions, as in the exporter's sums. */
export interface Totals {
  /** Distinct (account, region, service, function). */
  readonly functions: number;
  /** Rows as the service lists them: one for each qualifier of a function. */
  readonly qualifiers: number;
  /** Distinct service names. */
  readonly services: number;
  readonly accounts: number;
  readonly regions: number;
}

/** One service name over all accounts and regions that have it. */
export interface ServiceCount {
  readonly serviceName: string;
  readonly functions: number;
  readonly qualifiers: number;
  /** The targets that have it, in the order of the lists. */
  readonly in: readonly TargetList[];
}

/** Counts every service that passes, the largest first, equals by name. */
export function countServices(
  lists: readonly TargetList[],
  passes: (serviceName: string) => boolean = () => true,
): readonly ServiceCount[] {
  const byName = new Map<string, { functions: number; qualifiers: number; in: TargetList[] }>();
  for (const list of lists) {
    for (const { serviceName, functionCount, functionNames } of list.snapshot.services) {
      if (functionCount === 0 || !passes(serviceName)) continue;
      let count = byName.get(serviceName);
      if (count === undefined) byName.set(serviceName, (count = { functions: 0, qualifiers: 0, in: [] }));
      count.functions += functionCount;
      count.qualifiers += functionNames.length;
      count.in.push(list);
    }
  }
  return Array.from(byName, ([serviceName, count]) => ({ serviceName, ...count })).toSorted(
    (a, b) => b.functions - a.functions || (a.serviceName < b.serviceName ? -1 : 1),
  );
}

/** Adds services up. */
export function totalsOf(services: readonly ServiceCount[]): Totals {
  const lists = new Set(services.flatMap((service) => service.in));
  const places = Array.from(lists, (list) => list.place);
  return {
    functions: services.reduce((sum, service) => sum + service.functions, 0),
    qualifiers: services.reduce((sum, service) => sum + service.qualifiers, 0),
    services: services.length,
    accounts: new Set(places.map((place) => place.accountId)).size,
    regions: new Set(places.map((place) => place.regionId)).size,
  };
}
