import type { ServiceRows, YieldToLoop } from "@fc-async/inventory";
import { inSlices } from "./in-slices.ts";
import type { Place, TargetList } from "./survey.ts";

/** Counts over some of the services. The same function in two regions is two functions, as in the exporter's sums. */
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
  /** Its rows in each target that has it, in the order of the lists. */
  readonly in: readonly { readonly place: Place; readonly rows: ServiceRows }[];
}

/** The services that passed, by name, and their sums. */
export interface CountedServices {
  readonly byName: ReadonlyMap<string, ServiceCount>;
  readonly totals: Totals;
}

interface GrowingCount {
  readonly serviceName: string;
  functions: number;
  qualifiers: number;
  readonly in: { readonly place: Place; readonly rows: ServiceRows }[];
}

/** Counts every service that passes. */
export async function countServices(
  lists: readonly TargetList[],
  passes: (serviceName: string) => boolean,
  yieldToLoop: YieldToLoop,
): Promise<CountedServices> {
  const byName = new Map<string, GrowingCount>();
  const accounts = new Set<string>();
  const regions = new Set<string>();
  let functions = 0;
  let qualifiers = 0;
  for (const { place, snapshot } of lists) {
    const count = (rows: ServiceRows): void => {
      const { serviceName, functionCount, functionNames } = rows;
      if (functionCount === 0 || !passes(serviceName)) return;
      let service = byName.get(serviceName);
      if (service === undefined)
        byName.set(serviceName, (service = { serviceName, functions: 0, qualifiers: 0, in: [] }));
      service.functions += functionCount;
      service.qualifiers += functionNames.length;
      service.in.push({ place, rows });
      functions += functionCount;
      qualifiers += functionNames.length;
      accounts.add(place.accountId);
      regions.add(place.regionId);
    };
    await inSlices(snapshot.services, count, yieldToLoop);
  }
  return {
    byName,
    totals: { functions, qualifiers, services: byName.size, accounts: accounts.size, regions: regions.size },
  };
}
