/** The functions of one service, as columns: series `i` is `functionNames[i]` with `qualifiers[i]`. */
export interface InventoryService {
  readonly serviceName: string;
  readonly functionNames: readonly string[];
  readonly qualifiers: readonly string[];
  /** Distinct function names. */
  readonly functionCount: number;
}

/** The two values every service is exposed with. */
export interface ServiceCount {
  readonly serviceName: string;
  /** Distinct functions. */
  readonly functions: number;
  /** Distinct function and qualifier pairs. */
  readonly qualifiers: number;
}

/** The caps of one target, in series. */
export interface InventoryCaps {
  /** Function info series, one for each function and qualifier. 0 switches them off. */
  readonly maxInfoSeries: number;
  /**
   * Series by service, two for each. At least 2. Default 8,000, which leaves a target whose info series are gone room for
   * all its other series below a `sample_limit` of 10,000.
   */
  readonly maxServiceSeries?: number;
}

/** What of an inventory is to be exposed. Sums over services are exact whatever was left out. */
export interface CappedInventory<Service extends InventoryService> {
  /** In the order of the inventory; the folded ones last, together, as `OVERFLOW_SERVICE_NAME`. */
  readonly services: readonly ServiceCount[];
  /** The services whose info series are exposed: all of them or, above the cap, none. */
  readonly info: readonly Service[];
  /** Info series that the cap left out; 0 where they are switched off. */
  readonly droppedSeries: number;
  /** Services folded together. */
  readonly overflowServices: number;
}

/** The value of `service_name` that stands for all services folded together. */
export const OVERFLOW_SERVICE_NAME = "__overflow__";

const SERIES_PER_SERVICE = 2;
const DEFAULT_MAX_SERVICE_SERIES = 8000;

function countOf({ serviceName, functionCount, functionNames }: InventoryService): ServiceCount {
  return { serviceName, functions: functionCount, qualifiers: functionNames.length };
}

/**
 * A test for the `keep` services with most functions, to be called with each in order; among equals the earlier ones pass.
 * It sorts numbers, not services, and makes no lists, which is what keeps 50,000 services from holding the thread.
 */
function largest(services: readonly InventoryService[], keep: number): (service: InventoryService) => boolean {
  // Of a service that really has the reserved name no series of its own may remain: it ranks below all.
  const rank = ({ serviceName, functionCount }: InventoryService): number =>
    serviceName === OVERFLOW_SERVICE_NAME ? -1 : functionCount;
  const ranks = Float64Array.from(services, rank);
  const threshold = ranks.toSorted()[services.length - keep] ?? Infinity;
  let room = ranks.reduce((rest, each) => (each > threshold ? rest - 1 : rest), keep);
  return (service) => {
    const own = rank(service);
    if (own !== threshold || room === 0) {
      return own > threshold;
    }
    room -= 1;
    return true;
  };
}

/**
 * Keeps one target below its series caps: the info family goes as a whole (a part of it would look like all of it), and of
 * the services the smallest are folded into one, so that totals stay true.
 *
 * @param services - The complete inventory of the target, each service once.
 * @throws RangeError when `maxServiceSeries` has no room for the folded service.
 */
export function capInventory<Service extends InventoryService>(
  services: readonly Service[],
  { maxInfoSeries, maxServiceSeries = DEFAULT_MAX_SERVICE_SERIES }: InventoryCaps,
): CappedInventory<Service> {
  const maxServices = Math.floor(maxServiceSeries / SERIES_PER_SERVICE);
  if (!(maxServices >= 1)) {
    throw new RangeError(`maxServiceSeries is ${maxServiceSeries}. Allow at least ${SERIES_PER_SERVICE}.`);
  }
  const infoSeries = services.reduce((sum, { functionNames }) => sum + functionNames.length, 0);
  const exposesInfo = infoSeries <= maxInfoSeries;
  const info = exposesInfo ? services : [];
  // A family that is switched off is not cut: nobody is to be told of it for ever.
  const droppedSeries = exposesInfo || maxInfoSeries === 0 ? 0 : infoSeries;
  if (services.length <= maxServices) {
    return { services: services.map(countOf), info, droppedSeries, overflowServices: 0 };
  }

  const staysAlone = largest(services, maxServices - 1);
  const exposed: ServiceCount[] = [];
  let functions = 0;
  let qualifiers = 0;
  for (const service of services) {
    const count = countOf(service);
    if (staysAlone(service)) {
      exposed.push(count);
    } else {
      functions += count.functions;
      qualifiers += count.qualifiers;
    }
  }
  const overflowServices = services.length - exposed.length;
  exposed.push({ serviceName: OVERFLOW_SERVICE_NAME, functions, qualifiers });
  return { services: exposed, info, droppedSeries, overflowServices };
}
