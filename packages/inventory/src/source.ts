import type { CallScope, Page } from "@fc-async/protocol";
import type { InventoryRow } from "./snapshot/snapshot.ts";
import type { Target } from "./target.ts";

/**
 * Reads one target page by page, in server order, and throws when any page cannot be had. A generation of the service is one
 * source: FC 2.0 is `sources/fc2.ts`. `scope` carries the walk's signal, limiter and hooks down to each attempt.
 */
export type Source = (target: Target, scope: CallScope) => AsyncIterable<Page<InventoryRow>>;
