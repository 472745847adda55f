import { createRateLimiter, type RateLimiter, type SignatureHash, type SignedFetchOptions } from "@fc-async/protocol";
import type { PolledTarget, PollPlan, Reading } from "../poll/poller.ts";
import { createFc2Source, FC2_SOURCE } from "../sources/fc2.ts";
import { targetId, type TargetId } from "../target.ts";
import { nameFilter, type NamePatterns } from "../walk/name-filter.ts";
import type { InventoryAccount, InventoryLimits, InventoryPlan, PlannedTarget } from "./inventory-plan.ts";

const DEFAULT_INTERVAL_MS = 60_000;
const DEFAULT_CONCURRENCY = 8;
const DEFAULT_WALK_DEADLINE_MS = 10 * 60_000;
const DEFAULT_REQUESTS_PER_SECOND = 10;

const EVERYTHING: NamePatterns = { services: ["*"], functions: ["*"] };
const NOTHING: NamePatterns = { services: [], functions: [] };

/** What the clients and limiters of a plan need of their surroundings. */
export interface ReadingPlatform {
  readonly fetch: SignedFetchOptions["fetch"];
  readonly hash: SignatureHash | undefined;
  readonly random: (() => number) | undefined;
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** A limiter and the rate it was made for. */
interface AccountRate {
  readonly requestsPerSecond: number;
  readonly limiter: RateLimiter;
}

/** How an account and region is read, beside the reading that was made of it. */
interface MadeReading {
  readonly account: InventoryAccount;
  readonly limits: InventoryLimits;
  readonly reading: Reading;
}

/** A plan as the poll loop takes it, and what the next one keeps of it. */
export interface MadePlan {
  readonly plan: PollPlan;
  readonly targets: readonly PlannedTarget[];
  readonly rates: ReadonlyMap<string, AccountRate>;
  readonly readings: ReadonlyMap<TargetId, MadeReading>;
}

/**
 * Makes the poll loop's plan, and keeps of the plan before what is the same.
 *
 * @throws {TypeError} for an account id, region or endpoint that cannot be right, a target that comes twice, an account with two
 * rates.
 * @throws {RangeError} when a rate is not above 0.
 */
export function makePlan(
  { accounts, poll = {}, limits = {} }: InventoryPlan,
  platform: ReadingPlatform,
  before: MadePlan | undefined,
): MadePlan {
  const targets: PlannedTarget[] = [];
  const polled = new Map<TargetId, PolledTarget>();
  const rates = new Map<string, AccountRate>();
  const readings = new Map<TargetId, MadeReading>();
  for (const account of accounts) {
    const { accountId, alias } = account;
    const intervalMs = account.intervalMs ?? poll.intervalMs ?? DEFAULT_INTERVAL_MS;
    const limiter = limiterOf(account, limits, platform, rates, before?.rates);
    for (const regionId of account.regions) {
      const target = { id: targetId(FC2_SOURCE, accountId, regionId), source: FC2_SOURCE, accountId, regionId };
      if (polled.has(target.id)) throw new TypeError(`The target ${target.id} is listed twice.`);
      const known = before?.readings.get(target.id);
      const isKnown = known !== undefined && known.reading.limiter === limiter && readAlike(known, { account, limits });
      const reading = isKnown ? known.reading : readingOf(account, regionId, limiter, limits, platform);
      readings.set(target.id, { account, limits, reading });
      polled.set(target.id, { target, reading, intervalMs });
      targets.push({ target, alias, intervalMs });
    }
  }
  const { concurrency = DEFAULT_CONCURRENCY } = poll;
  return { plan: { targets: polled, concurrency }, targets, rates, readings };
}

/** The quota is the account's: all of its regions share one limiter, also when it is listed twice. */
function limiterOf(
  account: InventoryAccount,
  limits: InventoryLimits,
  { now, sleep }: ReadingPlatform,
  rates: Map<string, AccountRate>,
  ratesBefore: ReadonlyMap<string, AccountRate> | undefined,
): RateLimiter {
  const { accountId } = account;
  const requestsPerSecond = account.requestsPerSecond ?? limits.requestsPerSecond ?? DEFAULT_REQUESTS_PER_SECOND;
  const shared = rates.get(accountId);
  if (shared !== undefined && shared.requestsPerSecond !== requestsPerSecond) {
    throw new TypeError(
      `The account ${accountId} is listed twice, with different rates. Its quota is one: give one rate.`,
    );
  }
  const known = shared ?? ratesBefore?.get(accountId);
  const rate =
    known?.requestsPerSecond === requestsPerSecond
      ? known
      : { requestsPerSecond, limiter: createRateLimiter({ requestsPerSecond, now, sleep }) };
  rates.set(accountId, rate);
  return rate.limiter;
}

function readingOf(
  { accountId, credentials, endpoint, include = EVERYTHING, exclude = NOTHING }: InventoryAccount,
  region: string,
  limiter: RateLimiter,
  limits: InventoryLimits,
  platform: ReadingPlatform,
): Reading {
  return {
    source: createFc2Source({ ...platform, limits, accountId, region, credentials, endpoint }),
    keep: nameFilter(include, exclude),
    limiter,
    walkDeadlineMs: limits.walkDeadlineMs ?? DEFAULT_WALK_DEADLINE_MS,
  };
}

/** Whether both ways to read a target are one. A provider of credentials is the same when it is the very function. */
function readAlike(left: Omit<MadeReading, "reading">, right: Omit<MadeReading, "reading">): boolean {
  return left.account.credentials === right.account.credentials && howToRead(left) === howToRead(right);
}

function howToRead({ account, limits }: Omit<MadeReading, "reading">): string {
  const { endpoint, include = EVERYTHING, exclude = NOTHING } = account;
  const { maxRows, maxPages, maxBodyBytes, maxNameLength, walkDeadlineMs } = limits;
  return JSON.stringify([
    endpoint,
    [include.services, include.functions],
    [exclude.services, exclude.functions],
    [maxRows, maxPages, maxBodyBytes, maxNameLength, walkDeadlineMs],
  ]);
}
