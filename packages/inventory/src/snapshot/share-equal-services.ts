import type { YieldToLoop } from "../yield-to-loop.ts";
import type { ServiceRows, Snapshot } from "./snapshot.ts";

/** Rows compared between two pauses; less than a millisecond. */
const ROWS_PER_SLICE = 4096;

/**
 * The later of two complete lists with the very objects of the earlier one wherever they are equal: each service, and the list of all
 * of them when nothing changed. Most polls find what the one before found. Such a list takes no memory of its own, and who keeps
 * what he made of a service sees by its identity that it is still good.
 */
export async function shareEqualServices(
  before: Snapshot,
  after: Snapshot,
  yieldToLoop: YieldToLoop,
): Promise<Snapshot> {
  const services: ServiceRows[] = [];
  let rowsSinceYield = 0;
  let sharedCount = 0;
  let old = 0;
  for (const fresh of after.services) {
    while ((before.services[old]?.serviceName ?? fresh.serviceName) < fresh.serviceName) old += 1;
    const known = before.services[old];
    let isEqual = known !== undefined && haveEqualShape(known, fresh);
    for (let from = 0; known !== undefined && isEqual && from < fresh.functionNames.length; from += ROWS_PER_SLICE) {
      const to = Math.min(fresh.functionNames.length, from + ROWS_PER_SLICE);
      isEqual = haveEqualRows(known, fresh, from, to);
      rowsSinceYield += to - from;
      if (rowsSinceYield < ROWS_PER_SLICE) continue;
      rowsSinceYield = 0;
      await yieldToLoop();
    }
    services.push(known !== undefined && isEqual ? known : fresh);
    if (isEqual) sharedCount += 1;
  }
  const isUnchanged = sharedCount === after.services.length && sharedCount === before.services.length;
  return { ...after, services: isUnchanged ? before.services : services };
}

function haveEqualShape(left: ServiceRows, right: ServiceRows): boolean {
  return left.serviceName === right.serviceName && left.functionNames.length === right.functionNames.length;
}

function haveEqualRows(left: ServiceRows, right: ServiceRows, from: number, to: number): boolean {
  for (let row = from; row < to; row += 1) {
    if (left.functionNames[row] !== right.functionNames[row] || left.qualifiers[row] !== right.qualifiers[row]) {
      return false;
    }
  }
  return true;
}
