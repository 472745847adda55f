import type { FailureReason } from "@fc-async/protocol";
import type { SnapshotDiff } from "../snapshot/diff-snapshots.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Target, TargetId } from "../target.ts";

/**
 * The right to walk one target until it expires. `epoch` fences: the store refuses what an older epoch writes, so a holder that
 * slept past its lease can waste a read but never overwrite newer data.
 */
export interface Lease {
  readonly target: Target;
  readonly owner: string;
  readonly epoch: number;
  /** In the store's clock, like every time of this port; a replica's own clock never decides. */
  readonly claimedAtMs: number;
  /** Failed polls in a row so far: what the back-off grows with. */
  readonly consecutiveFailures: number;
}

/** Why the last poll failed, in words a person can act on; never a secret. */
export interface PollFailure {
  readonly reason: FailureReason;
  readonly message: string;
  /** The service's own code (`AccessDenied`) and request id, when it answered. */
  readonly serverCode: string | undefined;
  readonly requestId: string | undefined;
}

/** The last finished attempt at a target. */
export type PollOutcome =
  | { readonly ok: true; readonly atMs: number; readonly durationMs: number; readonly pages: number }
  | {
      readonly ok: false;
      readonly atMs: number;
      readonly durationMs: number;
      readonly pages: number;
      readonly failure: PollFailure;
    };

/** All that is known of one target: the last complete list, and how the last attempt went. */
export interface TargetState {
  readonly target: Target;
  /** Grows by one with each published snapshot; 0 before the first. */
  readonly version: number;
  readonly snapshot: Snapshot | undefined;
  readonly lastPoll: PollOutcome | undefined;
  readonly consecutiveFailures: number;
  readonly nextDueAtMs: number;
  /** A complete walk lost more than half of its rows (and more than 20) and no second walk has confirmed it yet. */
  readonly shrinkUnconfirmed: boolean;
}

export type PublishResult =
  | { readonly result: "published"; readonly version: number; readonly diff: SnapshotDiff | undefined }
  | { readonly result: "fenced" };

/**
 * The only scheduler and the only memory of the product: which target is due, who walks it, what the last complete list was.
 * Engines with leases and history (SQLite, PostgreSQL) implement the same port; callers do not change.
 *
 * All times are milliseconds since the epoch in the *store's* clock. Methods reject only when the engine fails.
 */
export interface InventoryStore {
  /** Makes these the targets: new ones are due at once, missing ones vanish with all their state, others stay as they are. */
  setTargets(targets: readonly Target[]): Promise<void>;
  /** Leases the longest-due free target among these ids, or none. */
  claim(owner: string, ttlMs: number, among: ReadonlySet<TargetId>): Promise<Lease | undefined>;
  /** When the next target among these falls due or loses its lease, with the store's present time; none when there is no target. */
  nextDueAt(among: ReadonlySet<TargetId>): Promise<{ readonly dueAtMs: number; readonly nowMs: number } | undefined>;
  /** Extends the lease to `ttlMs` from now: on each page, and before each wait with a `ttlMs` that covers it. */
  renew(lease: Lease, ttlMs: number): Promise<"ok" | "lost">;
  /** Replaces the snapshot in one step and ends the lease. The first snapshot has no diff. */
  publish(lease: Lease, snapshot: Snapshot, nextDueAtMs: number): Promise<PublishResult>;
  /** Records the failure, keeps the last snapshot, ends the lease. */
  fail(
    lease: Lease,
    failure: PollFailure,
    walk: { readonly durationMs: number; readonly pages: number },
    nextDueAtMs: number,
  ): Promise<"ok" | "fenced">;
  /** Gives the lease back untouched, due at once: a stopping process frees its targets. */
  release(lease: Lease): Promise<void>;
  /** Makes these due at once; one that is being walked falls due again as its walk says. Unknown ids are passed over. */
  hasten(ids: readonly TargetId[]): Promise<void>;
  states(): Promise<readonly TargetState[]>;
  state(id: TargetId): Promise<TargetState | undefined>;
  /** Called after each change with the ids of the changed (or vanished) targets. Returns the unsubscriber. */
  onChange(listener: (ids: readonly TargetId[]) => void): () => void;
  /** The store's present time. */
  now(): Promise<number>;
  close(): Promise<void>;
}
