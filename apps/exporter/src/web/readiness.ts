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
 * Makes what judges readiness: the first *attempt* at every target ended. It does not wait for success: one account without
 * access must not hide the others, nor the alert that reports it. Who was ready once stays ready: a target that a reload
 * adds must not take the others out of service.
 *
 * The states are `undefined` when the store does not answer.
 */
export function createReadiness(): (
  targets: readonly Target[],
  states: readonly TargetState[] | undefined,
) => Readiness {
  let wasReady = false;

  return (targets, states) => {
    if (states === undefined && !wasReady) {
      return { ready: false, waiting: [], problem: "the inventory store does not answer" };
    }
    const attempted = new Set(
      (states ?? []).filter(({ lastPoll }) => lastPoll !== undefined).map(({ target }) => target.id),
    );
    const waiting = states === undefined ? [] : targets.map(({ id }) => id).filter((id) => !attempted.has(id));
    wasReady ||= waiting.length === 0;
    return { ready: wasReady, waiting };
  };
}
