import { sleep as sleepOnTimer, type SignatureHash, type SignedFetchOptions } from "@fc-async/protocol";
import type { InventoryPlan, PlannedTarget } from "./plan/inventory-plan.ts";
import { makePlan, type ReadingPlatform } from "./plan/make-plan.ts";
import type { PollEvent } from "./poll/poll-event.ts";
import { createPoller } from "./poll/poller.ts";
import type { InventoryStore } from "./store/inventory-store.ts";
import { createMemoryInventoryStore } from "./store/memory-inventory-store.ts";
import { yieldByTimeout, type YieldToLoop } from "./yield-to-loop.ts";

export interface InventoryOptions extends InventoryPlan {
  /** Default: memory. */
  readonly store?: InventoryStore | undefined;
  /** Distinguishes the processes that share a store. Default: a random id. */
  readonly owner?: string | undefined;
  readonly fetch?: SignedFetchOptions["fetch"];
  readonly hash?: SignatureHash | undefined;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Uniform in [0, 1). Default `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** Resolves after `ms`, rejects with the signal's reason when it aborts first. Default: a timer. */
  readonly sleep?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
  readonly yieldToLoop?: YieldToLoop | undefined;
  /** Told about everything the poll loop does, in the order it happens. Must not throw. */
  readonly onEvent?: ((event: PollEvent) => void) | undefined;
}

/** The lists of all targets, kept up to date in its store while it runs. */
export interface Inventory {
  readonly store: InventoryStore;
  /** Those of the plan in force. */
  readonly targets: readonly PlannedTarget[];
  /** Begins to poll; every target is due at once. */
  start(): void;
  /**
   * Polls by another plan from now on. A target that stays keeps its list, and when it is read as before also its walk, learned
   * clock and rate; one that is read in another way is read again at once, as is one whose last poll failed. One that is gone
   * loses its list.
   *
   * @throws {TypeError} as `createInventory`; then nothing has changed.
   * @throws {RangeError} as `createInventory`; then nothing has changed.
   */
  replan(plan: InventoryPlan): void;
  /** Ends the walks and gives their leases back. The store stays readable. */
  stop(): Promise<void>;
}

/** Longer than one page may take with all its attempts and phases; waits between them renew the lease for themselves. */
const LEASE_TTL_MS = 90_000;

/**
 * Joins accounts, source, poll loop and store: one target for each account and region.
 *
 * @throws {TypeError} for an account id, region or endpoint that cannot be right, for a target that comes twice, and for an
 * account with two rates.
 * @throws {RangeError} when a `requestsPerSecond` is not above 0.
 */
export function createInventory(options: InventoryOptions): Inventory {
  const { now = Date.now, sleep = sleepOnTimer, onEvent = () => undefined, yieldToLoop = yieldByTimeout } = options;
  const store = options.store ?? createMemoryInventoryStore({ now, yieldToLoop });
  const platform: ReadingPlatform = { fetch: options.fetch, hash: options.hash, random: options.random, now, sleep };
  let made = makePlan(options, platform, undefined);
  const poller = createPoller({
    store,
    plan: made.plan,
    owner: options.owner ?? crypto.randomUUID(),
    leaseTtlMs: LEASE_TTL_MS,
    onEvent,
    now,
    sleep,
    yieldToLoop,
  });

  return {
    store,
    get targets() {
      return made.targets;
    },
    start: () => poller.start(),
    replan(plan) {
      made = makePlan(plan, platform, made);
      poller.replan(made.plan);
    },
    stop: () => poller.stop(),
  };
}
