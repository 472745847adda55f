import type { Coverage, Survey } from "./survey.ts";
import { countServices, totalsOf, type ServiceCount, type Totals } from "./totals.ts";

/** The view model of the overview and of the table of services: the overview shows the first few of the same list. */
export interface ServicesAnswer {
  /** The largest first. */
  readonly services: readonly ServiceCount[];
  readonly totals: Totals;
  readonly coverage: Coverage;
}

export function selectServices({ lists, coverage }: Survey): ServicesAnswer {
  const services = countServices(lists);
  return { services, totals: totalsOf(services), coverage };
}
