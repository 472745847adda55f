import { namePattern, type YieldToLoop } from "@fc-async/inventory";
import { nearestNames } from "../commands/nearest-names.ts";
import { countServices, type ServiceCount, type Totals } from "./count-services.ts";
import { firstBy } from "./first-by.ts";
import { inSlices } from "./in-slices.ts";
import { serviceNames } from "./service-names.ts";
import type { Coverage, Place, Survey } from "./survey.ts";

/** One row of an answer. */
export interface ListedFunction {
  readonly place: Place;
  readonly serviceName: string;
  readonly functionName: string;
  readonly qualifier: string;
}

/** The view model of a list of functions. */
export interface ListAnswer {
  readonly pattern: string | undefined;
  /** In the order of service, place, function and qualifier; not more than were asked for. */
  readonly rows: readonly ListedFunction[];
  /** Over all that match, also those beyond `rows`. */
  readonly totals: Totals;
  /** Services that exist and resemble the pattern, when nothing matched. */
  readonly nearest: readonly string[];
  /** Functions of any service: 0 tells "there is none" from "the pattern matched none". */
  readonly functionsOfAllServices: number;
  readonly coverage: Coverage;
}

const MAX_SUGGESTIONS = 3;

/** Selects the functions of the services that match the pattern, or of all. `maxRows` bounds the rows, not the totals. */
export async function selectList(
  { lists, coverage }: Survey,
  pattern: string | undefined,
  maxRows: number,
  yieldToLoop: YieldToLoop,
): Promise<ListAnswer> {
  const matches = pattern === undefined ? () => true : namePattern(pattern);
  const { byName, totals } = await countServices(lists, matches, yieldToLoop);
  // Every service has a row at least, so no row of a later one can be shown.
  const first = firstBy<ServiceCount>(maxRows, (a, b) => a.serviceName < b.serviceName);
  await inSlices(byName.values(), (service) => first.add(service), yieldToLoop);
  return {
    pattern,
    rows: firstRows(first.items, maxRows),
    totals,
    nearest:
      totals.services > 0 || pattern === undefined
        ? []
        : await nearestNames(pattern, serviceNames(lists), MAX_SUGGESTIONS, yieldToLoop),
    functionsOfAllServices: lists.reduce((sum, { snapshot }) => sum + snapshot.functionCount, 0),
    coverage,
  };
}

function firstRows(services: readonly ServiceCount[], maxRows: number): readonly ListedFunction[] {
  const listed: ListedFunction[] = [];
  for (const { serviceName, in: places } of services) {
    for (const { place, rows } of places) {
      for (const [index, functionName] of rows.functionNames.entries()) {
        if (listed.length >= maxRows) return listed;
        listed.push({ place, serviceName, functionName, qualifier: rows.qualifiers[index] ?? "" });
      }
    }
  }
  return listed;
}
