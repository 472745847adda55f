import {
  createMemoryInventoryStore,
  createPoller,
  rowsOf,
  targetId,
  type InventoryRow,
  type InventoryStore,
  type PollEvent,
  type PollPlan,
  type Reading,
  type Source,
  type Target,
  type TargetState,
} from "@fc-async/inventory";
import { FcNetworkError, type Page } from "@fc-async/protocol";
import { fakeTime, type FakeTime } from "./fake-time.ts";

export const MINUTE_MS = 60_000;

export function target(region = "cn-hangzhou"): Target {
  const accountId = "1234567890123456";
  return { id: targetId("fc2", accountId, region), source: "fc2", accountId, regionId: region };
}

export function page(names: readonly string[], more = false): Page<InventoryRow> {
  const rows = names.map((name) => ({ serviceName: "orders", functionName: name, qualifier: "LATEST" }));
  return { rows, nextToken: more ? "more" : undefined, quirks: [], requestId: "req-1" };
}

export function sourceOf(pages: () => readonly (Page<InventoryRow> | Error)[]): () => Source {
  return () =>
    async function* read(_, { signal }) {
      for (const answer of pages()) {
        signal?.throwIfAborted();
        if (answer instanceof Error) throw answer;
        yield answer;
      }
    };
}

export interface Scene {
  readonly time: FakeTime;
  readonly store: InventoryStore;
  readonly events: readonly PollEvent[];
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly replan: (plan: PollPlan) => Promise<void>;
  readonly state: (of?: Target) => Promise<TargetState>;
  readonly names: () => Promise<readonly string[]>;
}

export interface SceneOptions {
  readonly targets?: readonly Target[];
  readonly concurrency?: number;
  readonly store?: (store: InventoryStore) => InventoryStore;
  readonly keep?: (row: InventoryRow) => boolean;
  /** Makes the store's clock of the time that passes. */
  readonly clock?: (now: () => number) => () => number;
}

export const reading = { limiter: undefined, walkDeadlineMs: 10 * MINUTE_MS };

export function planOf(targets: readonly Target[], how: Reading, concurrency = 8): PollPlan {
  const polled = targets.map((each) => [each.id, { target: each, reading: how, intervalMs: MINUTE_MS }] as const);
  return { targets: new Map(polled), concurrency };
}

export function scene(source: (time: FakeTime) => Source, options: SceneOptions = {}): Scene {
  const { targets = [target()], concurrency = 8, keep = () => true } = options;
  const time = fakeTime();
  const now = options.clock?.(time.now) ?? time.now;
  const memory = createMemoryInventoryStore({ ...time, now });
  const store = options.store?.(memory) ?? memory;
  const events: PollEvent[] = [];
  const poller = createPoller({
    ...time,
    now,
    store,
    plan: planOf(targets, { ...reading, source: source(time), keep }, concurrency),
    owner: "test",
    leaseTtlMs: 90_000,
    onEvent: (event) => events.push(event),
  });
  const state = async (of = target()): Promise<TargetState> => {
    const found = await memory.state(of.id);
    if (found === undefined) throw new Error("no such target");
    return found;
  };
  return {
    time,
    store: memory,
    events,
    start: async () => {
      poller.start();
      await time.settle();
    },
    stop: () => poller.stop(),
    replan: async (plan) => {
      poller.replan(plan);
      await time.settle();
    },
    state,
    names: async () => {
      const { snapshot } = await state();
      return snapshot === undefined ? [] : [...rowsOf(snapshot)].map(({ functionName }) => functionName);
    },
  };
}

export const typesOf = (events: readonly PollEvent[]): readonly string[] => events.map(({ type }) => type);
export const down = (): Error => new FcNetworkError("no route", { reason: "network", retryable: true });
