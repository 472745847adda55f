import type { YieldToLoop } from "../yield-to-loop.ts";

/** Sorting or merging this many names takes about a millisecond. */
const SLICE_LENGTH = 4096;

/**
 * Sorts names by UTF-16 code unit and lets the event loop run in between: a hundred thousand at once would hold it for a tenth of
 * a second. Names that stand in order already, as the service sends them, are only looked at.
 */
export async function sortInSlices(names: readonly string[], yieldToLoop: YieldToLoop): Promise<readonly string[]> {
  if (isSorted(names)) return names;
  let runs: (readonly string[])[] = [];
  for (let from = 0; from < names.length; from += SLICE_LENGTH) {
    runs.push(names.slice(from, from + SLICE_LENGTH).toSorted(byCodeUnit));
    if (from > 0) await yieldToLoop();
  }
  while (runs.length > 1) {
    const merged: (readonly string[])[] = [];
    for (let i = 0; i < runs.length; i += 2) {
      const [left = [], right = []] = runs.slice(i, i + 2);
      merged.push(right.length === 0 ? left : await merge(left, right, yieldToLoop));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge(left: readonly string[], right: readonly string[], yieldToLoop: YieldToLoop): Promise<string[]> {
  const merged: string[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const a = left[i];
    const b = right[j];
    if (b === undefined || (a !== undefined && a <= b)) {
      merged.push(a ?? "");
      i += 1;
    } else {
      merged.push(b);
      j += 1;
    }
    if (merged.length % SLICE_LENGTH === 0) await yieldToLoop();
  }
  return merged;
}

function isSorted(names: readonly string[]): boolean {
  for (let i = 1; i < names.length; i += 1) if ((names[i] ?? "") < (names[i - 1] ?? "")) return false;
  return true;
}

function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
