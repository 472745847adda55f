import { diffSnapshots } from "../snapshot/diff-snapshots.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Target, TargetId } from "../target.ts";
import { yieldByTimeout, type YieldToLoop } from "../yield-to-loop.ts";
import type { InventoryStore, Lease, TargetState } from "./inventory-store.ts";

export interface MemoryInventoryStoreOptions {
  /** The store's clock, milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  readonly yieldToLoop?: YieldToLoop | undefined;
}

/** What the store holds of one target: its state, and who may walk it until when. */
interface Entry {
  state: TargetState;
  epoch: number;
  /** 0: nobody walks it. */
  leasedUntilMs: number;
}

/** Clocks are corrected by less all the time. */
const SET_BACK_MS = 1000;
const SHRINK_SHARE = 0.5;
const SHRINK_ROWS = 20;

/**
 * The inventory of one process, gone when it ends. Leases, epochs and fencing are those of the shared engines, so that the poll
 * loop knows only one kind of store. Listeners of `onChange` are called in the same turn in which the state changed.
 */
export function createMemoryInventoryStore(options: MemoryInventoryStoreOptions = {}): InventoryStore {
  const { now = Date.now, yieldToLoop = yieldByTimeout } = options;
  const entries = new Map<TargetId, Entry>();
  /** One count for all targets: one that vanished and came back must not give out the same numbers again. */
  let lastEpoch = 0;
  let lastNowMs = -Infinity;
  const listeners = new Set<(ids: readonly TargetId[]) => void>();

  function changed(ids: readonly TargetId[]): void {
    for (const listener of listeners) listener(ids);
  }

  /** The present time. When the clock was set back everything moves back with it: else nothing would be due until it caught up. */
  function present(): number {
    const nowMs = now();
    const backMs = lastNowMs - nowMs;
    lastNowMs = nowMs;
    if (backMs < SET_BACK_MS || backMs === Infinity) return nowMs;
    for (const entry of entries.values()) {
      if (entry.leasedUntilMs > 0) entry.leasedUntilMs -= backMs;
      entry.state = earlierBy(backMs, entry.state);
    }
    changed([...entries.keys()]);
    return nowMs;
  }

  /** The entry that this lease may still write to. */
  function leasedBy(lease: Lease): Entry | undefined {
    const entry = entries.get(lease.target.id);
    return entry?.epoch === lease.epoch && entry.leasedUntilMs > 0 ? entry : undefined;
  }

  function known(among: ReadonlySet<TargetId>): readonly Entry[] {
    return [...entries].filter(([id]) => among.has(id)).map(([, entry]) => entry);
  }

  return {
    async setTargets(targets) {
      const wanted = new Map(targets.map((target) => [target.id, target]));
      const gone = [...entries.keys()].filter((id) => !wanted.has(id));
      const fresh = [...wanted.values()].filter(({ id }) => !entries.has(id));
      for (const id of gone) entries.delete(id);
      for (const target of fresh) {
        entries.set(target.id, { state: unread(target, present()), epoch: 0, leasedUntilMs: 0 });
      }
      if (gone.length + fresh.length > 0) changed([...gone, ...fresh.map(({ id }) => id)]);
    },

    async claim(owner, ttlMs, among) {
      const nowMs = present();
      let longestDue: Entry | undefined;
      for (const entry of known(among)) {
        if (entry.leasedUntilMs > nowMs || entry.state.nextDueAtMs > nowMs) continue;
        if (longestDue === undefined || entry.state.nextDueAtMs < longestDue.state.nextDueAtMs) longestDue = entry;
      }
      if (longestDue === undefined) return undefined;
      longestDue.epoch = ++lastEpoch;
      longestDue.leasedUntilMs = nowMs + ttlMs;
      const { target, consecutiveFailures } = longestDue.state;
      return { target, owner, epoch: longestDue.epoch, claimedAtMs: nowMs, consecutiveFailures };
    },

    async nextDueAt(among) {
      const nowMs = present();
      const dueAtMs = known(among).map(({ state, leasedUntilMs }) => Math.max(state.nextDueAtMs, leasedUntilMs));
      return dueAtMs.length === 0 ? undefined : { dueAtMs: Math.min(...dueAtMs), nowMs };
    },

    async renew(lease, ttlMs) {
      const nowMs = present();
      const entry = leasedBy(lease);
      if (entry === undefined || entry.leasedUntilMs <= nowMs) return "lost";
      entry.leasedUntilMs = Math.max(entry.leasedUntilMs, nowMs + ttlMs);
      return "ok";
    },

    async publish(lease, walked, nextDueAtMs) {
      const snapshot = notAfter(present(), walked);
      const before = leasedBy(lease)?.state.snapshot;
      const diff = before === undefined ? undefined : await diffSnapshots(before, snapshot, yieldToLoop);
      // Looked at after the comparison: the lease may have passed on, or the target vanished, while it yielded.
      const entry = leasedBy(lease);
      if (entry === undefined) return { result: "fenced" };
      const { startedAtMs, durationMs, pages } = snapshot;
      const version = entry.state.version + 1;
      entry.leasedUntilMs = 0;
      entry.state = {
        target: entry.state.target,
        version,
        snapshot,
        lastPoll: { ok: true, atMs: startedAtMs + durationMs, durationMs, pages },
        consecutiveFailures: 0,
        nextDueAtMs,
        shrinkUnconfirmed: hasShrunk(before, snapshot),
      };
      changed([lease.target.id]);
      return { result: "published", version, diff };
    },

    async fail(lease, failure, { durationMs, pages }, nextDueAtMs) {
      const entry = leasedBy(lease);
      if (entry === undefined) return "fenced";
      entry.leasedUntilMs = 0;
      entry.state = {
        ...entry.state,
        lastPoll: { ok: false, atMs: present(), durationMs, pages, failure },
        consecutiveFailures: entry.state.consecutiveFailures + 1,
        nextDueAtMs,
      };
      changed([lease.target.id]);
      return "ok";
    },

    async release(lease) {
      const entry = leasedBy(lease);
      if (entry === undefined) return;
      entry.leasedUntilMs = 0;
      entry.state = { ...entry.state, nextDueAtMs: Math.min(entry.state.nextDueAtMs, present()) };
      changed([lease.target.id]);
    },

    async hasten(ids) {
      const nowMs = present();
      const later = ids.filter((id) => (entries.get(id)?.state.nextDueAtMs ?? 0) > nowMs);
      for (const id of later) {
        const entry = entries.get(id);
        if (entry !== undefined) entry.state = { ...entry.state, nextDueAtMs: nowMs };
      }
      if (later.length > 0) changed(later);
    },

    async states() {
      return [...entries.values()].map(({ state }) => state);
    },

    async state(id) {
      return entries.get(id)?.state;
    },

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    async now() {
      return present();
    },

    async close() {
      listeners.clear();
    },
  };
}

function earlierBy(ms: number, state: TargetState): TargetState {
  const { snapshot, lastPoll, nextDueAtMs } = state;
  return {
    ...state,
    nextDueAtMs: nextDueAtMs - ms,
    snapshot: snapshot && { ...snapshot, startedAtMs: snapshot.startedAtMs - ms },
    lastPoll: lastPoll && { ...lastPoll, atMs: lastPoll.atMs - ms },
  };
}

/** A list whose walk began before the clock was set back would be one of the future. */
function notAfter(nowMs: number, snapshot: Snapshot): Snapshot {
  const latestMs = nowMs - snapshot.durationMs;
  return snapshot.startedAtMs <= latestMs ? snapshot : { ...snapshot, startedAtMs: latestMs };
}

function unread(target: Target, nowMs: number): TargetState {
  return {
    target,
    version: 0,
    snapshot: undefined,
    lastPoll: undefined,
    consecutiveFailures: 0,
    nextDueAtMs: nowMs,
    shrinkUnconfirmed: false,
  };
}

/** Held against the list of the walk before: a second walk with about the same rows confirms the loss. */
function hasShrunk(before: Snapshot | undefined, after: Snapshot): boolean {
  const lost = (before?.rowCount ?? 0) - after.rowCount;
  return lost > SHRINK_ROWS && lost > (before?.rowCount ?? 0) * SHRINK_SHARE;
}
