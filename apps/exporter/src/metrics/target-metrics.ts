import { yieldToLoop } from "@fc-async/daemon";
import type { Exposition } from "@fc-async/exposition";
import {
  snapshotState,
  type InventoryStore,
  type PlannedTarget,
  type PollEvent,
  type SnapshotState,
  type TargetId,
  type TargetState,
} from "@fc-async/inventory";
import { createEventMetrics, type EventMetrics } from "./event-metrics.ts";
import { createInventoryFamilies, type InventoryFamilies } from "./inventory-families.ts";

/** What is exposed of which targets. */
export interface TargetMetricsPlan {
  readonly targets: readonly PlannedTarget[];
  /** 0 never expires. */
  readonly maxStalenessMs: number;
  /** Of one target: above it the info series are left out, the counts stay exact. */
  readonly maxInfoSeries: number;
  /** Of one target: above it the smallest services are folded into one, the sums stay exact. */
  readonly maxServiceSeries: number;
}

export interface TargetMetricsOptions {
  readonly store: InventoryStore;
  readonly exposition: Exposition;
  readonly plan: TargetMetricsPlan;
  /** Milliseconds on a clock that never goes back. */
  readonly monotonicNow: () => number;
  /** Told when a target could not be rendered; what was exposed of it stays. */
  readonly onError: (error: unknown) => void;
}

/** Keeps the exposition of every target at what the store and the counters say. */
export interface TargetMetrics {
  /** To be told of everything the poll loop does. */
  observe(event: PollEvent): void;
  /** Exposes by another plan: what is gone loses every series at once, what stays keeps its counters. */
  replan(plan: TargetMetricsPlan): void;
  /**
   * Brings up to date what changes without anybody writing. Resolves when lists that expired are gone; counters of a walk that still
   * runs follow when they are rendered, so that no scrape waits for the walks of others.
   */
  refresh(): Promise<void>;
  /** Resolves when every change so far is exposed, of one target or of all. */
  settled(id?: TargetId): Promise<void>;
  stop(): void;
}

/** Counters of a running walk are exposed at most this often: a page is no reason to render. */
const RUNNING_WALK_LIFETIME_MS = 1000;

interface Exposed {
  readonly state: TargetState;
  readonly shown: SnapshotState;
}

interface Entry {
  readonly id: TargetId;
  readonly events: EventMetrics;
  inventory: InventoryFamilies;
  exposed: Exposed | undefined;
  /** The last publication; one begins when the one before ended, so that older never follows newer. */
  publication: Promise<void>;
  isPublicationWaiting: boolean;
  hasUncountedCalls: boolean;
  /** On the clock that never goes back. */
  countedAtMs: number;
}

/**
 * Makes the link from store and poll loop to the exposition. A target is rendered once for each thing that happened to it: its
 * list and the counters that moved with it appear together.
 */
export function createTargetMetrics(options: TargetMetricsOptions): TargetMetrics {
  const { store, exposition, monotonicNow } = options;
  let { plan } = options;
  const entries = new Map<TargetId, Entry>();
  for (const planned of plan.targets) entries.set(planned.target.id, entryOf(planned));

  function entryOf(planned: PlannedTarget): Entry {
    return {
      id: planned.target.id,
      events: createEventMetrics(),
      inventory: createInventoryFamilies({ ...plan, ...planned }),
      exposed: undefined,
      publication: Promise.resolve(),
      isPublicationWaiting: false,
      hasUncountedCalls: false,
      countedAtMs: -Infinity,
    };
  }

  async function publish(entry: Entry): Promise<void> {
    entry.isPublicationWaiting = false;
    entry.hasUncountedCalls = false;
    entry.countedAtMs = monotonicNow();
    const state = await store.state(entry.id);
    if (state === undefined) {
      if (entries.get(entry.id) !== entry) return;
      entry.exposed = undefined;
      exposition.removeTarget(entry.id);
      return;
    }
    const nowMs = await store.now();
    const families = await entry.events.families();
    // A new plan may have dropped the target while the store was asked.
    if (entries.get(entry.id) !== entry) return;
    const shown = snapshotState(state, { nowMs, maxStalenessMs: plan.maxStalenessMs });
    const { accountId, regionId } = state.target;
    entry.exposed = { state, shown };
    await exposition.setTarget(entry.id, {
      labels: { account_id: accountId, region_id: regionId, fc_version: "2" },
      families: [...entry.inventory(state, shown), ...families],
    });
  }

  function markChanged(entry: Entry): void {
    if (entry.isPublicationWaiting) return;
    entry.isPublicationWaiting = true;
    entry.publication = entry.publication
      // The store tells of a list before the poll loop tells of its poll: a turn later both are known.
      .then(() => yieldToLoop())
      .then(() => publish(entry))
      .catch(options.onError);
  }

  function isOutdated({ exposed }: Entry, nowMs: number): boolean {
    if (exposed === undefined) return false;
    return exposed.shown !== snapshotState(exposed.state, { nowMs, maxStalenessMs: plan.maxStalenessMs });
  }

  function showCalls(entry: Entry): void {
    const { exposed, hasUncountedCalls, countedAtMs } = entry;
    if (exposed === undefined || !hasUncountedCalls) return;
    if (monotonicNow() - countedAtMs >= RUNNING_WALK_LIFETIME_MS) markChanged(entry);
  }

  const settled: TargetMetrics["settled"] = async (id) => {
    if (id !== undefined) await entries.get(id)?.publication;
    else await Promise.all(Array.from(entries.values(), ({ publication }) => publication));
  };

  const unsubscribe = store.onChange((ids) => {
    for (const id of ids) {
      const entry = entries.get(id);
      if (entry !== undefined) markChanged(entry);
    }
  });

  return {
    observe(event) {
      if (!("target" in event)) return;
      const entry = entries.get(event.target.id);
      if (entry === undefined) return;
      entry.events.observe(event);
      if (event.type === "call") {
        entry.hasUncountedCalls = true;
        showCalls(entry);
      } else if (event.type !== "poll_started") {
        markChanged(entry);
      }
    },
    replan(next) {
      plan = next;
      const wanted = new Map(next.targets.map((planned) => [planned.target.id, planned]));
      for (const id of entries.keys()) {
        if (wanted.has(id)) continue;
        entries.delete(id);
        exposition.removeTarget(id);
      }
      for (const [id, planned] of wanted) {
        const entry = entries.get(id);
        if (entry === undefined) {
          entries.set(id, entryOf(planned));
        } else {
          entry.inventory = createInventoryFamilies({ ...next, ...planned });
          markChanged(entry);
        }
      }
    },
    async refresh() {
      const nowMs = await store.now();
      const publications: Promise<void>[] = [];
      for (const entry of entries.values()) {
        if (isOutdated(entry, nowMs)) {
          markChanged(entry);
          publications.push(entry.publication);
        } else {
          showCalls(entry);
        }
      }
      await Promise.all(publications);
    },
    settled,
    stop: unsubscribe,
  };
}
