import { matchesPattern } from "@fc-async/inventory";
import { nearestNames } from "../commands/nearest-names.ts";
import type { Coverage, Place, Survey } from "./survey.ts";
import { countServices, totalsOf, type Totals } from "./totals.ts";

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
export function selectList({ lists, coverage }: Survey, pattern: string | undefined, maxRows: number): ListAnswer {
  const everything = countServices(lists);
  const services = everything.filter(
    ({ serviceName }) => pattern === undefined || matchesPattern(serviceName, pattern),
  );
  return {
    pattern,
    rows: firstRows(
      services.toSorted((a, b) => (a.serviceName < b.serviceName ? -1 : 1)),
      maxRows,
    ),
    totals: totalsOf(services),
    nearest:
      services.length > 0 || pattern === undefined
        ? []
        : nearestNames(
            pattern,
            everything.map((service) => service.serviceName),
            MAX_SUGGESTIONS,
          ),
    functionsOfAllServices: everything.reduce((sum, service) => sum + service.functions, 0),
    coverage,
  };
}

function firstRows(services: ReturnType<typeof countServices>, maxRows: number): readonly ListedFunction[] {
  const rows: ListedFunction[] = [];
  for (const { serviceName, in: lists } of services) {
    for (const { place, snapshot } of lists) {
      const columns = snapshot.services.find((service) => service.serviceName === serviceName);
      for (const [index, functionName] of (columns?.functionNames ?? []).entries()) {
        if (rows.length >= maxRows) return rows;
        rows.push({ place, serviceName, functionName, qualifier: columns?.qualifiers[index] ?? "" });
      }
    }
  }
  return rows;
}
