import {
  createRateLimiter,
  sleep as sleepOnTimer,
  type CredentialsProvider,
  type RateLimiter,
  type SignatureHash,
  type SignedFetchOptions,
} from "@fc-async/protocol";
import type { PollEvent } from "./poll/poll-event.ts";
import { createPoller, type PolledTarget } from "./poll/poller.ts";
import { createFc2Source, FC2_SOURCE, type Fc2Target } from "./sources/fc2.ts";
import type { InventoryStore } from "./store/inventory-store.ts";
import { createMemoryInventoryStore } from "./store/memory-inventory-store.ts";
import { targetId, type Target, type TargetId } from "./target.ts";
import { nameFilter, type NamePatterns } from "./walk/name-filter.ts";
import { yieldByTimeout, type YieldToLoop } from "./yield-to-loop.ts";

/** One account, and how to read it. */
export interface InventoryAccount {
  readonly accountId: string;
  /** A short name for people. */
  readonly alias?: string | undefined;
  readonly regions: readonly string[];
  readonly credentials: CredentialsProvider;
  /** A template, see `endpointFor` of `@fc-async/protocol`. Default: the vendor's hosts. */
  readonly endpoint?: string | undefined;
  /** Default: everything. */
  readonly include?: NamePatterns | undefined;
  /** Default: nothing. */
  readonly exclude?: NamePatterns | undefined;
}

export interface InventoryPolling {
  /** From the begin of one walk to the begin of the next, ±10 %. Default 60 s. */
  readonly intervalMs?: number | undefined;
  /** Targets walked at a time. Default 8. */
  readonly concurrency?: number | undefined;
}

export interface InventoryLimits {
  /** Rows of one target. Default 1,000,000. */
  readonly maxRows?: number | undefined;
  /** Pages of one walk. Default 10,000. */
  readonly maxPages?: number | undefined;
  /** Bytes of one page after decompression. Default 4 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** Characters of one name. Default 512. */
  readonly maxNameLength?: number | undefined;
  /** Longest time one walk may take, waits included. Default 10 minutes. */
  readonly walkDeadlineMs?: number | undefined;
  /** Of one account in all its regions, from this process. Default 10. */
  readonly requestsPerSecond?: number | undefined;
}

export interface InventoryOptions {
  readonly accounts: readonly InventoryAccount[];
  readonly poll?: InventoryPolling | undefined;
  readonly limits?: InventoryLimits | undefined;
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
  readonly targets: readonly Target[];
  /** Account id → its short name, for those that have one. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Begins to poll; every target is due at once. */
  start(): void;
  /** Ends the walks and gives their leases back. The store stays readable. */
  stop(): Promise<void>;
}

const DEFAULT_INTERVAL_MS = 60_000;
const DEFAULT_CONCURRENCY = 8;
const DEFAULT_WALK_DEADLINE_MS = 10 * 60_000;
const DEFAULT_REQUESTS_PER_SECOND = 10;
/** Longer than one page may take with all its attempts and phases; waits between them renew the lease for themselves. */
const LEASE_TTL_MS = 90_000;

const EVERYTHING: NamePatterns = { services: ["*"], functions: ["*"] };
const NOTHING: NamePatterns = { services: [], functions: [] };

/**
 * Joins accounts, source, poll loop and store: one target for each account and region.
 *
 * @throws {TypeError} for an account id, region or endpoint that cannot be right, and for a target that comes twice.
 * @throws {RangeError} when `requestsPerSecond` is not above 0.
 */
export function createInventory(options: InventoryOptions): Inventory {
  const { accounts, poll = {}, limits = {}, now = Date.now, sleep = sleepOnTimer, onEvent = () => undefined } = options;
  const { yieldToLoop = yieldByTimeout } = options;
  const { requestsPerSecond = DEFAULT_REQUESTS_PER_SECOND, walkDeadlineMs = DEFAULT_WALK_DEADLINE_MS } = limits;
  const store = options.store ?? createMemoryInventoryStore({ now, yieldToLoop });

  const limiters = new Map<string, RateLimiter>();
  function limiterOf(accountId: string): RateLimiter {
    // The quota is the account's: all of its regions share one limiter, also when it is listed twice.
    let limiter = limiters.get(accountId);
    if (limiter === undefined)
      limiters.set(accountId, (limiter = createRateLimiter({ requestsPerSecond, now, sleep })));
    return limiter;
  }

  const clients: Fc2Target[] = [];
  const polled = new Map<TargetId, PolledTarget>();
  for (const { accountId, regions, credentials, endpoint, include, exclude } of accounts) {
    const keep = nameFilter(include ?? EVERYTHING, exclude ?? NOTHING);
    for (const regionId of regions) {
      const target = { id: targetId(FC2_SOURCE, accountId, regionId), source: FC2_SOURCE, accountId, regionId };
      if (polled.has(target.id)) throw new TypeError(`The target ${target.id} is listed twice.`);
      polled.set(target.id, { target, keep, limiter: limiterOf(accountId) });
      clients.push({ target, credentials, endpoint });
    }
  }

  const { fetch, hash, random } = options;
  const poller = createPoller({
    store,
    source: createFc2Source(clients, { limits, fetch, hash, now, random, sleep }),
    targets: polled,
    owner: options.owner ?? crypto.randomUUID(),
    intervalMs: poll.intervalMs ?? DEFAULT_INTERVAL_MS,
    concurrency: poll.concurrency ?? DEFAULT_CONCURRENCY,
    leaseTtlMs: LEASE_TTL_MS,
    walkDeadlineMs,
    onEvent,
    now,
    sleep,
    yieldToLoop,
  });

  return {
    store,
    targets: clients.map(({ target }) => target),
    aliases: new Map(accounts.flatMap(({ accountId, alias }) => (alias === undefined ? [] : [[accountId, alias]]))),
    start: () => poller.start(),
    stop: () => poller.stop(),
  };
}
