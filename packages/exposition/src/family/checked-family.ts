import type { AnySample } from "../encode/sample-text.ts";

/**
 * A family read at run time, whose labels were compared with the catalogue there instead of by the compiler.
 *
 * `checkedLabels` says which labels its samples carry: `all` of them, as `scrape({ self })` takes it, or their `own`
 * without those of the target, as `setTarget` takes it.
 */
export interface CheckedFamily<Checked extends "all" | "own" = "all" | "own"> {
  readonly name: string;
  readonly samples: readonly AnySample[];
  readonly checkedLabels: Checked;
}
