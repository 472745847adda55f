import type { Quirk } from "@fc-async/protocol";

/**
 * The functions of one service, as columns: row `i` is `functionNames[i]` with `qualifiers[i]`, sorted by both, no row twice.
 * A function listed with three qualifiers stands in three rows and counts once.
 */
export interface ServiceRows {
  readonly serviceName: string;
  readonly functionNames: readonly string[];
  readonly qualifiers: readonly string[];
  /** Distinct function names. */
  readonly functionCount: number;
}

/**
 * One complete list of one target: every page was read, duplicates are gone, services and rows are sorted by UTF-16 code
 * unit. Equal states of the account give equal snapshots but for the times and pages of the walk.
 */
export interface Snapshot {
  readonly services: readonly ServiceRows[];
  /** Distinct (service, function). */
  readonly functionCount: number;
  /** Distinct (service, function, qualifier). */
  readonly rowCount: number;
  /** Rows that arrived more than once during the walk. */
  readonly duplicateRows: number;
  readonly pages: number;
  readonly quirks: Readonly<Partial<Record<Quirk, number>>>;
  /** When the walk began, in the store's clock. It ended `durationMs` later, and `max_staleness` counts from there. */
  readonly startedAtMs: number;
  readonly durationMs: number;
}

/** One row of a snapshot, as readers and diffs name it. */
export interface InventoryRow {
  readonly serviceName: string;
  readonly functionName: string;
  readonly qualifier: string;
}
