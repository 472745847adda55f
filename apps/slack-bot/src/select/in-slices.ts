import type { YieldToLoop } from "@fc-async/inventory";

/** The dearest item, a long name held against a hostile pattern, takes some 0.1 ms. */
const ITEMS_PER_SLICE = 32;

/**
 * Visits items one by one and lets the event loop run in between: a hundred thousand names at once would keep other commands
 * waiting, and the deadline of this one from being noticed.
 */
export async function inSlices<T>(
  items: Iterable<T>,
  visit: (item: T) => void,
  yieldToLoop: YieldToLoop,
): Promise<void> {
  let visited = 0;
  for (const item of items) {
    visit(item);
    visited += 1;
    if (visited % ITEMS_PER_SLICE === 0) await yieldToLoop();
  }
}
