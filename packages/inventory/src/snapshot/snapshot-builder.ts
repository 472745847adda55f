import type { Page, Quirk } from "@fc-async/protocol";
import type { YieldToLoop } from "../yield-to-loop.ts";
import type { InventoryRow, ServiceRows, Snapshot } from "./snapshot.ts";
import { sortInSlices } from "./sort-in-slices.ts";

/** Gathers the pages of one walk. Nothing of it is a snapshot before `finish`. */
export interface SnapshotBuilder {
  readonly pages: number;
  add(page: Page<InventoryRow>): void;
  /** To be called once, when the last page was added. */
  finish(walk: { readonly startedAtMs: number; readonly durationMs: number }): Promise<Snapshot>;
}

/** Most functions are listed under one qualifier; a list for each of them would double what a row takes. */
type Qualifiers = string | string[];

const ROWS_PER_SLICE = 4096;

/**
 * Makes the builder of one snapshot. Rows are kept nested by service and each qualifier's text once, which takes half of what
 * row objects take. `Map`s, because a service may be called `__proto__`.
 *
 * @param keep - Which rows belong to the list; the others are not counted as duplicates either.
 */
export function createSnapshotBuilder(keep: (row: InventoryRow) => boolean, yieldToLoop: YieldToLoop): SnapshotBuilder {
  const services = new Map<string, Map<string, Qualifiers>>();
  const sharedQualifiers = new Map<string, string>();
  const quirks: Partial<Record<Quirk, number>> = {};
  let pages = 0;
  let duplicateRows = 0;

  function addRow({ serviceName, functionName, qualifier: given }: InventoryRow): void {
    let functions = services.get(serviceName);
    if (functions === undefined) services.set(serviceName, (functions = new Map()));
    let qualifier = sharedQualifiers.get(given);
    if (qualifier === undefined) sharedQualifiers.set(given, (qualifier = given));

    const known = functions.get(functionName);
    if (known === undefined) functions.set(functionName, qualifier);
    else if (known === qualifier || (Array.isArray(known) && known.includes(qualifier))) duplicateRows += 1;
    else if (Array.isArray(known)) known.push(qualifier);
    else functions.set(functionName, [known, qualifier]);
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
      let rowsSinceYield = 0;
      for (const serviceName of await sortInSlices([...services.keys()], yieldToLoop)) {
        const rows = await columnsOf(serviceName, services.get(serviceName) ?? new Map(), yieldToLoop);
        columns.push(rows);
        functionCount += rows.functionCount;
        rowCount += rows.functionNames.length;
        rowsSinceYield += rows.functionNames.length;
        if (rowsSinceYield >= ROWS_PER_SLICE) {
          rowsSinceYield = 0;
          await yieldToLoop();
        }
      }
      return { services: columns, functionCount, rowCount, duplicateRows, pages, quirks, ...walk };
    },
  };
}

async function columnsOf(
  serviceName: string,
  functions: ReadonlyMap<string, Qualifiers>,
  yieldToLoop: YieldToLoop,
): Promise<ServiceRows> {
  const functionNames: string[] = [];
  const qualifiers: string[] = [];
  for (const functionName of await sortInSlices([...functions.keys()], yieldToLoop)) {
    const known = functions.get(functionName) ?? [];
    if (typeof known === "string") {
      functionNames.push(functionName);
      qualifiers.push(known);
    } else {
      for (const qualifier of known.toSorted()) {
        functionNames.push(functionName);
        qualifiers.push(qualifier);
      }
    }
  }
  return { serviceName, functionNames, qualifiers, functionCount: functions.size };
}
