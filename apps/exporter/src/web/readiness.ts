import type { Target, TargetId, TargetState } from "@fc-async/inventory";

/** What `/-/ready` says. */
export interface Readiness {
  readonly ready: boolean;
  /** Targets whose first attempt has not ended. */
  readonly waiting: readonly TargetId[];
  /** Why nothing is known. */
  readonly problem?: string;
}

/**
 * Ready once the first *attempt* at every target ended. It does not wait for success: one account without access must not hide
 * the others, nor the alert that reports it.
 *
 * @param states - `undefined` when the store does not answer.
 */
export function readinessOf(targets: readonly Target[], states: readonly TargetState[] | undefined): Readiness {
  if (states === undefined) return { ready: false, waiting: [], problem: "the inventory store does not answer" };
  const attempted = new Set(states.filter(({ lastPoll }) => lastPoll !== undefined).map(({ target }) => target.id));
  const waiting = targets.map(({ id }) => id).filter((id) => !attempted.has(id));
  return { ready: waiting.length === 0, waiting };
}
