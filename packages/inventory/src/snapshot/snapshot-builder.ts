import type { Page, Quirk } from "@fc-async/protocol";
import type { YieldToLoop } from "../yield-to-loop.ts";
import { addArrived, arrivingService, inOrder, type ArrivingService } from "./arriving-service.ts";
import type { InventoryRow, ServiceRows, Snapshot } from "./snapshot.ts";
import { sortInSlices } from "./sort-in-slices.ts";

/** Gathers the pages of one walk. Nothing of it is a snapshot before `finish`. */
export interface SnapshotBuilder {
  readonly pages: number;
  add(page: Page<InventoryRow>): void;
  /** To be called once, when the last page was added. */
  finish(walk: { readonly startedAtMs: number; readonly durationMs: number }): Promise<Snapshot>;
}

/** Taken over between two pauses; those whose rows must be sorted pause for themselves. */
const SERVICES_PER_SLICE = 4096;

/**
 * Makes the builder of one snapshot. Rows are kept nested by service and each qualifier's text once, which takes half of what
 * row objects take. A `Map`, because a service may be called `__proto__`.
 *
 * Most walks find what the one before found. Where they do, the snapshot has the very services of the known one (and when nothing
 * changed, its very list of them): they take no memory of their own, and who keeps what he made of one sees that it is still good.
 *
 * @param keep - Which rows belong to the list; the others are not counted as duplicates either.
 * @param known - The list before, if there is one.
 */
export function createSnapshotBuilder(
  keep: (row: InventoryRow) => boolean,
  yieldToLoop: YieldToLoop,
  known?: Snapshot,
): SnapshotBuilder {
  const knownServices = new Map(known?.services.map((each) => [each.serviceName, each]));
  const services = new Map<string, ArrivingService>();
  const sharedQualifiers = new Map<string, string>();
  const quirks: Partial<Record<Quirk, number>> = {};
  let pages = 0;
  let keptRows = 0;
  // Neighbours mostly share both: comparing with the last one is cheaper than looking a text up.
  let service: ArrivingService | undefined;
  let qualifier: string | undefined;

  function addRow(row: InventoryRow): void {
    keptRows += 1;
    if (service?.serviceName !== row.serviceName) {
      service = services.get(row.serviceName) ?? arrivingService(row.serviceName, knownServices.get(row.serviceName));
      services.set(row.serviceName, service);
    }
    if (qualifier !== row.qualifier) {
      qualifier = sharedQualifiers.get(row.qualifier) ?? row.qualifier;
      sharedQualifiers.set(qualifier, qualifier);
    }
    addArrived(service, row.functionName, qualifier);
  }

  return {
    get pages() {
      return pages;
    },
    add(page) {
      pages += 1;
      for (const quirk of page.quirks) quirks[quirk] = (quirks[quirk] ?? 0) + 1;
      for (const row of page.rows) if (keep(row)) addRow(row);
    },
    async finish(walk) {
      const columns: ServiceRows[] = [];
      let functionCount = 0;
      let rowCount = 0;
      for (const serviceName of await sortInSlices([...services.keys()], yieldToLoop)) {
        const rows = await inOrder(services.get(serviceName) ?? arrivingService(serviceName, undefined), yieldToLoop);
        columns.push(rows);
        functionCount += rows.functionCount;
        rowCount += rows.functionNames.length;
        if (columns.length % SERVICES_PER_SLICE === 0) await yieldToLoop();
      }
      const isUnchanged =
        columns.length === known?.services.length && columns.every((rows, index) => rows === known.services[index]);
      const held = isUnchanged ? known.services : columns;
      return { services: held, functionCount, rowCount, duplicateRows: keptRows - rowCount, pages, quirks, ...walk };
    },
  };
}
