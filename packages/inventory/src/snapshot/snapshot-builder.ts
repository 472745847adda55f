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

/** Most functions are listed under one qualifier; a set for each of them would multiply what a row takes. */
type Qualifiers = string | Set<string>;

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
    else if (known === qualifier || (typeof known !== "string" && known.has(qualifier))) duplicateRows += 1;
    else if (typeof known === "string") functions.set(functionName, new Set([known, qualifier]));
    else known.add(qualifier);
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
      const pause = everyRows(ROWS_PER_SLICE, yieldToLoop);
      let functionCount = 0;
      let rowCount = 0;
      for (const serviceName of await sortInSlices([...services.keys()], yieldToLoop)) {
        const functions = services.get(serviceName) ?? new Map<string, Qualifiers>();
        const names = await sortInSlices([...functions.keys()], yieldToLoop);
        const rows = await columnsOf(serviceName, names, functions, pause);
        columns.push(rows);
        functionCount += rows.functionCount;
        rowCount += rows.functionNames.length;
      }
      return { services: columns, functionCount, rowCount, duplicateRows, pages, quirks, ...walk };
    },
  };
}

/** Yields after so many calls. */
function everyRows(rows: number, yieldToLoop: YieldToLoop): () => Promise<void> | undefined {
  let since = 0;
  return () => {
    since = (since + 1) % rows;
    return since === 0 ? yieldToLoop() : undefined;
  };
}

async function columnsOf(
  serviceName: string,
  sortedNames: readonly string[],
  functions: ReadonlyMap<string, Qualifiers>,
  pause: () => Promise<void> | undefined,
): Promise<ServiceRows> {
  const functionNames: string[] = [];
  const qualifiers: string[] = [];
  for (const functionName of sortedNames) {
    const known = functions.get(functionName) ?? "";
    for (const qualifier of typeof known === "string" ? [known] : [...known].toSorted()) {
      functionNames.push(functionName);
      qualifiers.push(qualifier);
    }
    const paused = pause();
    if (paused !== undefined) await paused;
  }
  return { serviceName, functionNames, qualifiers, functionCount: functions.size };
}
