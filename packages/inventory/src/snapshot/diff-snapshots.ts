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
const ROWS_PER_SLICE = 4096;

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
    // A walk keeps the services that it found unchanged.
    if (left === right) continue;
    const old = functionsOf(left);
    const fresh = functionsOf(right);
    let gone = old.next().value;
    let come = fresh.next().value;
    while (gone !== undefined || come !== undefined) {
      const order = gone === undefined ? 1 : come === undefined ? -1 : compare(gone.functionName, come.functionName);
      const ours = order <= 0 ? gone : undefined;
      const theirs = order >= 0 ? come : undefined;
      if (ours === undefined) addedFunctions += 1;
      if (theirs === undefined) removedFunctions += 1;
      pushRowsOnlyIn(ours, theirs, removed);
      pushRowsOnlyIn(theirs, ours, added);
      rowsSinceYield += (ours?.qualifiers.length ?? 0) + (theirs?.qualifiers.length ?? 0);
      if (rowsSinceYield >= ROWS_PER_SLICE) {
        rowsSinceYield = 0;
        await yieldToLoop();
      }
      if (ours !== undefined) gone = old.next().value;
      if (theirs !== undefined) come = fresh.next().value;
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

/** One function with the qualifiers it is listed under, sorted. */
interface FunctionRows {
  readonly serviceName: string;
  readonly functionName: string;
  readonly qualifiers: readonly string[];
}

function* functionsOf(side: Side): Generator<FunctionRows, undefined, undefined> {
  const { serviceName, functionNames, qualifiers } = side ?? { serviceName: "", functionNames: [], qualifiers: [] };
  for (let from = 0, to = 1; from < functionNames.length; from = to, to += 1) {
    const functionName = functionNames[from] ?? "";
    while (functionNames[to] === functionName) to += 1;
    yield { serviceName, functionName, qualifiers: qualifiers.slice(from, to) };
  }
  return undefined;
}

function pushRowsOnlyIn(side: FunctionRows | undefined, other: FunctionRows | undefined, rows: InventoryRow[]): void {
  if (side === undefined) return;
  const { serviceName, functionName, qualifiers } = side;
  let j = 0;
  for (const qualifier of qualifiers) {
    while ((other?.qualifiers[j] ?? qualifier) < qualifier) j += 1;
    if (other?.qualifiers[j] !== qualifier) rows.push({ serviceName, functionName, qualifier });
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
