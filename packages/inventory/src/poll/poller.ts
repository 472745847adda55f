import type { RateLimiter } from "@fc-async/protocol";
import type { InventoryRow } from "../snapshot/snapshot.ts";
import type { Source } from "../source.ts";
import type { InventoryStore, Lease, PollOutcome } from "../store/inventory-store.ts";
import type { Target, TargetId } from "../target.ts";
import { walkTarget, type WalkPlatform } from "../walk/walk-target.ts";
import { failureOf, retryAtMsOf } from "./failure-of.ts";
import type { PollEvent } from "./poll-event.ts";
import { nextDueAfterFailure, nextDueAfterSuccess, pollsSkipped } from "./schedule.ts";

/** How the walks of a target go. The same object means the same walk: what differs is another object. */
export interface Reading {
  readonly source: Source;
  /** Which rows belong to the inventory. */
  readonly keep: (row: InventoryRow) => boolean;
  readonly limiter: RateLimiter | undefined;
  readonly walkDeadlineMs: number;
}

/** A target, how it is read and how often. */
export interface PolledTarget {
  readonly target: Target;
  readonly reading: Reading;
  readonly intervalMs: number;
}

/** What is polled. */
export interface PollPlan {
  readonly targets: ReadonlyMap<TargetId, PolledTarget>;
  /** Walks at a time. */
  readonly concurrency: number;
}

export interface PollerOptions extends WalkPlatform {
  readonly store: InventoryStore;
  readonly plan: PollPlan;
  /** Distinguishes the processes that share a store. */
  readonly owner: string;
  /** Longer than one page may take. */
  readonly leaseTtlMs: number;
  readonly onEvent: (event: PollEvent) => void;
}

export interface Poller {
  /** Begins to poll; a second call does nothing. */
  start(): void;
  /**
   * Polls by another plan from now on. Targets that are not in it vanish from the store, and their walks end. Those that are read
   * in another way are read again at once, as are those whose last poll failed, unless they are throttled:
   * who changes the plan wants to see whether that helped. All others keep list, lease and due time.
   */
  replan(plan: PollPlan): void;
  /** Claims nothing more, ends the walks, gives their leases back; resolves when all of that is done. */
  stop(): Promise<void>;
}

const FIRST_STORE_PAUSE_MS = 1_000;
const LONGEST_STORE_PAUSE_MS = 30_000;
/** A sleeper looks at the store this often at least: other processes share it, and clocks jump. */
const LONGEST_SLEEP_MS = 60_000;

/** Given as the reason: without one an exception is made, stack and all, at every change. */
const WOKEN = "woken";

class LeaseLostError extends Error {}
/** The walk was ended from here: its lease is given back. */
class EndedError extends Error {}
class StoreError extends Error {}

interface RunningWalk {
  readonly reading: Reading;
  readonly ending: AbortController;
}

/** Makes the poll loop: claim → walk → publish | fail, for as many targets at a time as the plan says. */
export function createPoller(options: PollerOptions): Poller {
  const { store, owner, leaseTtlMs, onEvent, sleep } = options;
  let { plan } = options;
  const walks = new Map<TargetId, RunningWalk>();
  const ends = new Set<Promise<void>>();
  /** Targets of the plan that nobody here walks: a walk that lost its lease must not meet a second one of the same target. */
  let idle = new Set<TargetId>(plan.targets.keys());
  const stopping = new AbortController();
  let planIsStored = false;
  let isReplanned = false;
  /** Targets that a new plan reads in another way, until they are due. */
  const reread = new Set<TargetId>();
  let storeIsDown = false;
  /** Something happened since the store was last asked: sleeping now would miss it. */
  let changed = false;
  let wake: AbortController | undefined;
  let loop: Promise<void> | undefined;

  function onChanged(): void {
    changed = true;
    wake?.abort(WOKEN);
  }

  /** Sleeps until `ms` passed, something changed, or the end. */
  async function rest(ms: number): Promise<void> {
    if (changed) return;
    wake = new AbortController();
    await sleep(ms, AbortSignal.any([wake.signal, stopping.signal])).catch(() => undefined);
    wake = undefined;
  }

  function stored<T>(answer: T): T {
    if (storeIsDown) {
      storeIsDown = false;
      onEvent({ type: "store_up" });
    }
    return answer;
  }

  function storeFailed(error: unknown): void {
    if (storeIsDown) return;
    storeIsDown = true;
    onEvent({ type: "store_down", error });
  }

  async function run(): Promise<void> {
    const unsubscribe = store.onChange(onChanged);
    let storePauseMs = FIRST_STORE_PAUSE_MS;
    while (!stopping.signal.aborted) {
      changed = false;
      try {
        if (!planIsStored) await storePlan();
        await (walks.size < plan.concurrency ? claimOrRest() : rest(LONGEST_SLEEP_MS));
        storePauseMs = FIRST_STORE_PAUSE_MS;
      } catch (error) {
        storeFailed(error);
        await sleep(storePauseMs, stopping.signal).catch(() => undefined);
        storePauseMs = Math.min(LONGEST_STORE_PAUSE_MS, storePauseMs * 2);
      }
    }
    unsubscribe();
  }

  async function storePlan(): Promise<void> {
    const { targets } = plan;
    planIsStored = true;
    try {
      await store.setTargets(Array.from(targets.values(), ({ target }) => target));
      if (!isReplanned) return;
      const failed = (await store.states()).filter(({ lastPoll }) => mayHaveBeenHelped(lastPoll));
      const due = [...reread, ...failed.map(({ target }) => target.id)].filter((id) => targets.has(id));
      await store.hasten(due);
      for (const id of due) reread.delete(id);
    } catch (error) {
      planIsStored = false;
      throw error;
    }
  }

  async function claimOrRest(): Promise<void> {
    const lease = stored(await store.claim(owner, leaseTtlMs, idle));
    if (lease !== undefined) {
      const { id } = lease.target;
      const polled = plan.targets.get(id);
      if (polled === undefined) {
        await store.release(lease);
        return;
      }
      idle.delete(id);
      const walk = { reading: polled.reading, ending: new AbortController() };
      walks.set(id, walk);
      const end = poll(lease, polled, walk.ending.signal).finally(() => {
        walks.delete(id);
        ends.delete(end);
        if (plan.targets.has(id)) idle.add(id);
        onChanged();
      });
      ends.add(end);
      return;
    }
    const due = stored(await store.nextDueAt(idle));
    const untilDueMs = due === undefined ? LONGEST_SLEEP_MS : due.dueAtMs - due.nowMs;
    await rest(Math.min(LONGEST_SLEEP_MS, Math.max(1, untilDueMs)));
  }

  async function poll(lease: Lease, polled: PolledTarget, signal: AbortSignal): Promise<void> {
    try {
      if (stopping.signal.aborted) await store.release(lease);
      else await walkLeased(lease, polled, AbortSignal.any([signal, stopping.signal]));
    } catch (error) {
      // Not the upstream's failure. The lease runs out by itself, and then the target is read again.
      storeFailed(error);
    }
  }

  async function renew(lease: Lease, waitMs: number): Promise<void> {
    const answer = await store.renew(lease, leaseTtlMs + waitMs).catch((cause: unknown) => {
      throw new StoreError("The store did not answer", { cause });
    });
    if (answer === "lost") throw new LeaseLostError();
  }

  async function walkLeased(lease: Lease, { reading, intervalMs }: PolledTarget, signal: AbortSignal): Promise<void> {
    const { target } = lease;
    const state = await store.state(target.id);
    onEvent({ type: "poll_started", target });
    const result = await walkTarget(
      {
        ...reading,
        target,
        known: state?.snapshot,
        signal,
        startedAtMs: lease.claimedAtMs,
        observe: (call) => onEvent({ type: "call", target, call }),
        renew: (waitMs) => renew(lease, waitMs),
      },
      options,
    );
    const nowMs = await store.now();
    if (result.ok) {
      const { snapshot } = result;
      const nextDueAtMs = nextDueAfterSuccess(lease, intervalMs, nowMs);
      const published = stored(await store.publish(lease, snapshot, nextDueAtMs));
      if (published.result === "fenced") onEvent({ type: "fenced", target });
      else {
        onEvent({ type: "poll_succeeded", target, snapshot, diff: published.diff, nextDueAtMs });
        tellSkipped(lease, intervalMs, nowMs);
      }
      return;
    }
    const { error, durationMs, pages } = result;
    if (error instanceof EndedError) {
      await store.release(lease);
    } else if (error instanceof LeaseLostError) {
      // Who vanished from the plan has no lease any more, and nobody else reads it.
      if (plan.targets.has(target.id)) onEvent({ type: "lease_lost", target });
    } else if (error instanceof StoreError) {
      throw error.cause;
    } else {
      const failure = failureOf(error);
      const nextDueAtMs = nextDueAfterFailure(lease, intervalMs, nowMs, retryAtMsOf(error));
      const recorded = stored(await store.fail(lease, failure, { durationMs, pages }, nextDueAtMs));
      if (recorded === "fenced") onEvent({ type: "fenced", target });
      else {
        onEvent({ type: "poll_failed", target, failure, error, durationMs, pages, nextDueAtMs });
        tellSkipped(lease, intervalMs, nowMs);
      }
    }
  }

  function tellSkipped(lease: Lease, intervalMs: number, nowMs: number): void {
    const count = pollsSkipped(lease, intervalMs, nowMs);
    if (count > 0) onEvent({ type: "polls_skipped", target: lease.target, count });
  }

  return {
    start() {
      loop ??= run();
    },
    replan(next) {
      for (const [id, { reading }] of next.targets) {
        const before = plan.targets.get(id);
        if (before !== undefined && before.reading !== reading) reread.add(id);
      }
      plan = next;
      planIsStored = false;
      isReplanned = true;
      idle = new Set([...next.targets.keys()].filter((id) => !walks.has(id)));
      for (const [id, { reading, ending }] of walks) {
        if (next.targets.get(id)?.reading !== reading) ending.abort(new EndedError("the plan changed"));
      }
      onChanged();
    },
    async stop() {
      stopping.abort(new EndedError("polling was stopped"));
      await loop;
      await Promise.all(ends);
    },
  };
}

/** Whether a failure may be over now that somebody changed something. A throttled account asked to be left alone. */
function mayHaveBeenHelped(lastPoll: PollOutcome | undefined): boolean {
  return lastPoll?.ok === false && lastPoll.failure.reason !== "throttled";
}
