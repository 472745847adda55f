import type { InventoryRow, Snapshot } from "./snapshot.ts";

/** The rows of a snapshot one by one, in its order. */
export function* rowsOf(snapshot: Snapshot): Generator<InventoryRow, void, undefined> {
  for (const { serviceName, functionNames, qualifiers } of snapshot.services) {
    for (const [i, functionName] of functionNames.entries()) {
      yield { serviceName, functionName, qualifier: qualifiers[i] ?? "" };
    }
  }
}
