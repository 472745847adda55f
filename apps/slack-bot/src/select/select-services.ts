import type { YieldToLoop } from "@fc-async/inventory";
import { countServices, type ServiceCount, type Totals } from "./count-services.ts";
import { firstBy } from "./first-by.ts";
import { inSlices } from "./in-slices.ts";
import type { Coverage, Survey } from "./survey.ts";

/** The view model of the overview and of the table of services: the overview shows the first few of the same list. */
export interface ServicesAnswer {
  /** The largest first, equals by name; not more than were asked for. */
  readonly services: readonly ServiceCount[];
  /** Over all services, also those beyond `services`. */
  readonly totals: Totals;
  readonly coverage: Coverage;
}

/** Selects the largest services. `maxServices` bounds them, not the totals. */
export async function selectServices(
  { lists, coverage }: Survey,
  maxServices: number,
  yieldToLoop: YieldToLoop,
): Promise<ServicesAnswer> {
  const { byName, totals } = await countServices(lists, () => true, yieldToLoop);
  const largest = firstBy<ServiceCount>(maxServices, (a, b) =>
    a.functions === b.functions ? a.serviceName < b.serviceName : a.functions > b.functions,
  );
  await inSlices(byName.values(), (service) => largest.add(service), yieldToLoop);
  return { services: largest.items, totals, coverage };
}
