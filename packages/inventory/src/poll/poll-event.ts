import type { CallEvent } from "@fc-async/protocol";
import type { SnapshotDiff } from "../snapshot/diff-snapshots.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { PollFailure } from "../store/inventory-store.ts";
import type { Target } from "../target.ts";

/** What the poll loop did, for logs and metrics. Never carries a secret. */
export type PollEvent =
  | { readonly type: "poll_started"; readonly target: Target }
  | {
      readonly type: "poll_succeeded";
      readonly target: Target;
      readonly snapshot: Snapshot;
      /** Against the list before; none for the first one. */
      readonly diff: SnapshotDiff | undefined;
      readonly nextDueAtMs: number;
    }
  | {
      readonly type: "poll_failed";
      readonly target: Target;
      readonly failure: PollFailure;
      /** What the failure was made of, for debug logs. */
      readonly error: unknown;
      readonly durationMs: number;
      readonly pages: number;
      readonly nextDueAtMs: number;
    }
  /** The walk outlasted its interval: so many polls that were due meanwhile did not take place. */
  | { readonly type: "polls_skipped"; readonly target: Target; readonly count: number }
  /** The lease ran out in the middle of a walk, which was given up; its new holder reads the target. */
  | { readonly type: "lease_lost"; readonly target: Target }
  /** The store refused a result, because a newer lease was given out meanwhile. */
  | { readonly type: "fenced"; readonly target: Target }
  | { readonly type: "call"; readonly target: Target; readonly call: CallEvent }
  /** The store does not answer; polling rests and goes on when it does. Told once per outage. */
  | { readonly type: "store_down"; readonly error: unknown }
  | { readonly type: "store_up" };
