import type { RateLimiter } from "@fc-async/protocol";
import type { InventoryRow } from "../snapshot/snapshot.ts";
import type { Source } from "../source.ts";
import type { InventoryStore, Lease } from "../store/inventory-store.ts";
import type { Target, TargetId } from "../target.ts";
import { walkTarget, type WalkPlatform } from "../walk/walk-target.ts";
import { failureOf, retryAtMsOf } from "./failure-of.ts";
import type { PollEvent } from "./poll-event.ts";
import { nextDueAfterFailure, nextDueAfterSuccess, pollsSkipped } from "./schedule.ts";

/** A target, and what only its walks need to know. */
export interface PolledTarget {
  readonly target: Target;
  /** Which rows belong to the inventory. */
  readonly keep: (row: InventoryRow) => boolean;
  readonly limiter: RateLimiter | undefined;
}

export interface PollerOptions extends WalkPlatform {
  readonly store: InventoryStore;
  readonly source: Source;
  readonly targets: ReadonlyMap<TargetId, PolledTarget>;
  /** Distinguishes the processes that share a store. */
  readonly owner: string;
  readonly intervalMs: number;
  /** Walks at a time. */
  readonly concurrency: number;
  /** Longer than one page may take. */
  readonly leaseTtlMs: number;
  readonly walkDeadlineMs: number;
  readonly onEvent: (event: PollEvent) => void;
}

export interface Poller {
  /** Begins to poll; a second call does nothing. */
  start(): void;
  /** Claims nothing more, ends the walks, gives their leases back; resolves when all of that is done. */
  stop(): Promise<void>;
}

const FIRST_STORE_PAUSE_MS = 1_000;
const LONGEST_STORE_PAUSE_MS = 30_000;
/** A sleeper looks at the store this often at least: other processes share it, and clocks jump. */
const LONGEST_SLEEP_MS = 60_000;

class LeaseLostError extends Error {}
class StoppedError extends Error {}
class StoreError extends Error {}

/** Makes the poll loop: claim → walk → publish | fail, for as many targets at a time as `concurrency` says. */
export function createPoller(options: PollerOptions): Poller {
  const { store, source, targets, owner, intervalMs, concurrency, leaseTtlMs, onEvent, sleep } = options;
  /** Targets that nobody here walks: a walk that lost its lease must not meet a second one of the same target. */
  const idle = new Set<TargetId>(targets.keys());
  const walks = new Set<Promise<void>>();
  const stopping = new AbortController();
  let targetsAreSet = false;
  let storeIsDown = false;
  /** Something happened since the store was last asked: sleeping now would miss it. */
  let changed = false;
  let wake: AbortController | undefined;
  let loop: Promise<void> | undefined;

  function onChanged(): void {
    changed = true;
    wake?.abort();
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
        if (!targetsAreSet) await store.setTargets([...targets.values()].map(({ target }) => target));
        targetsAreSet = true;
        await (walks.size < concurrency ? claimOrRest() : rest(LONGEST_SLEEP_MS));
        storePauseMs = FIRST_STORE_PAUSE_MS;
      } catch (error) {
        storeFailed(error);
        await sleep(storePauseMs, stopping.signal).catch(() => undefined);
        storePauseMs = Math.min(LONGEST_STORE_PAUSE_MS, storePauseMs * 2);
      }
    }
    unsubscribe();
  }

  async function claimOrRest(): Promise<void> {
    const lease = stored(await store.claim(owner, leaseTtlMs, idle));
    if (lease !== undefined) {
      const { id } = lease.target;
      idle.delete(id);
      const walk = poll(lease).finally(() => {
        walks.delete(walk);
        idle.add(id);
        onChanged();
      });
      walks.add(walk);
      return;
    }
    const due = stored(await store.nextDueAt(idle));
    const untilDueMs = due === undefined ? LONGEST_SLEEP_MS : due.dueAtMs - due.nowMs;
    await rest(Math.min(LONGEST_SLEEP_MS, Math.max(1, untilDueMs)));
  }

  async function poll(lease: Lease): Promise<void> {
    try {
      if (stopping.signal.aborted) await store.release(lease);
      else await walkLeased(lease);
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

  async function walkLeased(lease: Lease): Promise<void> {
    const { target } = lease;
    onEvent({ type: "poll_started", target });
    const result = await walkTarget(
      {
        target,
        source,
        keep: targets.get(target.id)?.keep ?? (() => true),
        limiter: targets.get(target.id)?.limiter,
        deadlineMs: options.walkDeadlineMs,
        signal: stopping.signal,
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
        tellSkipped(lease, nowMs);
      }
      return;
    }
    const { error, durationMs, pages } = result;
    if (error instanceof StoppedError) {
      await store.release(lease);
    } else if (error instanceof LeaseLostError) {
      onEvent({ type: "lease_lost", target });
    } else if (error instanceof StoreError) {
      throw error.cause;
    } else {
      const failure = failureOf(error);
      const nextDueAtMs = nextDueAfterFailure(lease, intervalMs, nowMs, retryAtMsOf(error));
      const recorded = stored(await store.fail(lease, failure, { durationMs, pages }, nextDueAtMs));
      if (recorded === "fenced") onEvent({ type: "fenced", target });
      else {
        onEvent({ type: "poll_failed", target, failure, error, durationMs, pages, nextDueAtMs });
        tellSkipped(lease, nowMs);
      }
    }
  }

  function tellSkipped(lease: Lease, nowMs: number): void {
    const count = pollsSkipped(lease, intervalMs, nowMs);
    if (count > 0) onEvent({ type: "polls_skipped", target: lease.target, count });
  }

  return {
    start() {
      loop ??= run();
    },
    async stop() {
      stopping.abort(new StoppedError("polling was stopped"));
      await loop;
      await Promise.all(walks);
    },
  };
}
