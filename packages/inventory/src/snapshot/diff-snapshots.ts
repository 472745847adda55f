import type { YieldToLoop } from "../yield-to-loop.ts";
import type { InventoryRow, ServiceRows, Snapshot } from "./snapshot.ts";

/** What a later complete list has that an earlier one had not, and the reverse; both in the order of a snapshot. */
export interface SnapshotDiff {
  readonly added: readonly InventoryRow[];
  readonly removed: readonly InventoryRow[];
  /** Distinct (service, function) that appeared or vanished altogether; a new qualifier of a known function is none. */
  readonly addedFunctions: number;
  readonly removedFunctions: number;
}

/** Rows compared between two pauses; a few milliseconds. */
const ROWS_PER_SLICE = 16_384;

/** Compares two complete lists in one pass over their sorted columns, and lets the event loop run in between. */
export async function diffSnapshots(
  before: Snapshot,
  after: Snapshot,
  yieldToLoop: YieldToLoop,
): Promise<SnapshotDiff> {
  const added: InventoryRow[] = [];
  const removed: InventoryRow[] = [];
  let addedFunctions = 0;
  let removedFunctions = 0;
  let rowsSinceYield = 0;
  for (const [left, right] of pairByService(before.services, after.services)) {
    const fresh = rowsOnlyIn(right, left);
    const gone = rowsOnlyIn(left, right);
    for (const row of fresh) added.push(row);
    for (const row of gone) removed.push(row);
    addedFunctions += functionsOnlyIn(fresh, left);
    removedFunctions += functionsOnlyIn(gone, right);
    rowsSinceYield += (left?.functionNames.length ?? 0) + (right?.functionNames.length ?? 0);
    if (rowsSinceYield >= ROWS_PER_SLICE) {
      rowsSinceYield = 0;
      await yieldToLoop();
    }
  }
  return { added, removed, addedFunctions, removedFunctions };
}

type Side = ServiceRows | undefined;

function* pairByService(
  before: readonly ServiceRows[],
  after: readonly ServiceRows[],
): Generator<readonly [Side, Side]> {
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const left = before[i];
    const right = after[j];
    const takeLeft = left !== undefined && (right === undefined || left.serviceName <= right.serviceName);
    const takeRight = right !== undefined && (left === undefined || right.serviceName <= left.serviceName);
    yield [takeLeft ? left : undefined, takeRight ? right : undefined];
    if (takeLeft) i += 1;
    if (takeRight) j += 1;
  }
}

function rowsOnlyIn(side: Side, other: Side): readonly InventoryRow[] {
  if (side === undefined) return [];
  const rows: InventoryRow[] = [];
  let j = 0;
  for (let i = 0; i < side.functionNames.length; i += 1) {
    const functionName = side.functionNames[i] ?? "";
    const qualifier = side.qualifiers[i] ?? "";
    while (other !== undefined && compareAt(other, j, functionName, qualifier) < 0) j += 1;
    if (other === undefined || compareAt(other, j, functionName, qualifier) !== 0) {
      rows.push({ serviceName: side.serviceName, functionName, qualifier });
    }
  }
  return rows;
}

/** Past the end of the columns every row compares as later. */
function compareAt(rows: ServiceRows, index: number, functionName: string, qualifier: string): number {
  const name = rows.functionNames[index];
  if (name === undefined) return 1;
  if (name !== functionName) return name < functionName ? -1 : 1;
  const other = rows.qualifiers[index] ?? "";
  if (other === qualifier) return 0;
  return other < qualifier ? -1 : 1;
}

function functionsOnlyIn(rows: readonly InventoryRow[], other: Side): number {
  if (rows.length === 0) return 0;
  const known = new Set(other?.functionNames);
  return new Set(rows.map((row) => row.functionName).filter((name) => !known.has(name))).size;
}
