import { yieldToLoop } from "@fc-async/daemon";
import type { Exposition } from "@fc-async/exposition";
import {
  snapshotState,
  type InventoryStore,
  type PollEvent,
  type SnapshotState,
  type Target,
  type TargetId,
  type TargetState,
} from "@fc-async/inventory";
import { createEventMetrics, type EventMetrics } from "./event-metrics.ts";
import { createInventoryFamilies, type InventoryFamilies } from "./inventory-families.ts";

export interface TargetMetricsOptions {
  readonly store: InventoryStore;
  readonly exposition: Exposition;
  readonly targets: readonly Target[];
  /** Account id → its short name. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly intervalMs: number;
  /** 0 never expires. */
  readonly maxStalenessMs: number;
  readonly maxInfoSeries: number;
  /** Told when a target could not be rendered; what was exposed of it stays. */
  readonly onError: (error: unknown) => void;
}

/** Keeps the exposition of every target at what the store and the counters say. */
export interface TargetMetrics {
  /** To be told of everything the poll loop does. */
  observe(event: PollEvent): void;
  /** Brings up to date what changes without anybody writing: lists that expired, counters of a walk that still runs. */
  refresh(): Promise<void>;
  /** Resolves when every change so far is exposed. */
  settled(): Promise<void>;
  stop(): void;
}

/** Counters of a running walk are exposed at most this often: a page is no reason to render. */
const RUNNING_WALK_LIFETIME_MS = 1000;

interface Exposed {
  readonly state: TargetState;
  readonly shown: SnapshotState;
  readonly atMs: number;
}

interface Entry {
  readonly id: TargetId;
  readonly events: EventMetrics;
  readonly inventory: InventoryFamilies;
  exposed: Exposed | undefined;
  /** The last publication; one begins when the one before ended, so that older never follows newer. */
  publication: Promise<void>;
  isPublicationWaiting: boolean;
  hasUncountedCalls: boolean;
}

/**
 * Makes the link from store and poll loop to the exposition. A target is rendered once for each thing that happened to it: its
 * list and the counters that moved with it appear together.
 */
export function createTargetMetrics(options: TargetMetricsOptions): TargetMetrics {
  const { store, exposition, maxStalenessMs } = options;
  const entries = new Map<TargetId, Entry>(
    options.targets.map(({ id, accountId }) => [
      id,
      {
        id,
        events: createEventMetrics(),
        inventory: createInventoryFamilies({ ...options, alias: options.aliases.get(accountId) }),
        exposed: undefined,
        publication: Promise.resolve(),
        isPublicationWaiting: false,
        hasUncountedCalls: false,
      },
    ]),
  );

  async function publish(entry: Entry): Promise<void> {
    entry.isPublicationWaiting = false;
    entry.hasUncountedCalls = false;
    const state = await store.state(entry.id);
    if (state === undefined) {
      entry.exposed = undefined;
      exposition.removeTarget(entry.id);
      return;
    }
    const nowMs = await store.now();
    const shown = snapshotState(state, { nowMs, maxStalenessMs });
    const { accountId, regionId } = state.target;
    entry.exposed = { state, shown, atMs: nowMs };
    await exposition.setTarget(entry.id, {
      labels: { account_id: accountId, region_id: regionId, fc_version: "2" },
      families: [...entry.inventory(state, shown), ...(await entry.events.families())],
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

  function isOverdue({ exposed, hasUncountedCalls }: Entry, nowMs: number): boolean {
    if (exposed === undefined) return false;
    if (hasUncountedCalls && nowMs - exposed.atMs >= RUNNING_WALK_LIFETIME_MS) return true;
    return exposed.shown !== snapshotState(exposed.state, { nowMs, maxStalenessMs });
  }

  const settled = async (): Promise<void> => {
    await Promise.all(Array.from(entries.values(), ({ publication }) => publication));
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
      if (event.type === "call") entry.hasUncountedCalls = true;
      else if (event.type !== "poll_started") markChanged(entry);
    },
    async refresh() {
      const nowMs = await store.now();
      const overdue = [...entries.values()].filter((entry) => isOverdue(entry, nowMs));
      for (const entry of overdue) markChanged(entry);
      await Promise.all(overdue.map(({ publication }) => publication));
    },
    settled,
    stop: unsubscribe,
  };
}
