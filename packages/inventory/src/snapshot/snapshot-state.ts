import type { TargetState } from "../store/inventory-store.ts";

/**
 * How far the list of a target may be trusted.
 *
 * - `none`: no walk ever succeeded; there is nothing to show, which is not the same as zero.
 * - `fresh`: the last walk succeeded.
 * - `stale`: the last walk failed; the list of the one before is shown with its age.
 * - `expired`: the list is older than `maxStalenessMs`; its rows are no longer shown.
 */
export type SnapshotState = "none" | "fresh" | "stale" | "expired";

/** Judges the list of a target at a moment of the store's clock; a `maxStalenessMs` of 0 never expires. */
export function snapshotState(
  state: Pick<TargetState, "snapshot" | "lastPoll">,
  { nowMs, maxStalenessMs }: { readonly nowMs: number; readonly maxStalenessMs: number },
): SnapshotState {
  const expiresAtMs = snapshotExpiresAtMs(state, maxStalenessMs);
  if (state.snapshot === undefined) return "none";
  if (expiresAtMs !== undefined && nowMs >= expiresAtMs) return "expired";
  return state.lastPoll?.ok === false ? "stale" : "fresh";
}

/** When the list of a target turns `expired` if no walk succeeds before; `undefined` when it never does. */
export function snapshotExpiresAtMs(
  { snapshot }: Pick<TargetState, "snapshot">,
  maxStalenessMs: number,
): number | undefined {
  if (snapshot === undefined || maxStalenessMs === 0) return undefined;
  return snapshot.startedAtMs + snapshot.durationMs + maxStalenessMs;
}
