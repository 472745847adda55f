import type { Lease } from "../store/inventory-store.ts";

const MAX_BACKOFF_MS = 30 * 60_000;
/** A `Retry-After` may hold any number; one of years must not end the polling of a target. */
const MAX_ASKED_MS = 24 * 60 * 60_000;
const JITTER = 0.1;

/**
 * The next due time after a success: whole intervals from the moment of the claim, each ±10 %, so that the targets of a fleet
 * drift apart. The jitter comes from the target's id and the lease's number: every process computes the same.
 */
export function nextDueAfterSuccess(lease: Lease, intervalMs: number, nowMs: number): number {
  const periodMs = intervalMs * jitterOf(lease);
  // A clock that was set back during the walk must not put the next poll as far into the future.
  const claimedAtMs = Math.min(lease.claimedAtMs, nowMs);
  return Math.round(claimedAtMs + periodsOf(lease, intervalMs, nowMs) * periodMs);
}

/** How many polls fell due while the walk was still under way. */
export function pollsSkipped(lease: Lease, intervalMs: number, nowMs: number): number {
  return periodsOf(lease, intervalMs, nowMs) - 1;
}

function periodsOf(lease: Lease, intervalMs: number, nowMs: number): number {
  return Math.max(1, Math.ceil((nowMs - lease.claimedAtMs) / (intervalMs * jitterOf(lease))));
}

/**
 * The next due time after a failure: the interval, doubled with each failure in a row before this one, up to half an hour (or
 * the interval, when that is longer). Never before `retryAtMs`, which the service asked for, unless that is more than a day away.
 */
export function nextDueAfterFailure(
  lease: Lease,
  intervalMs: number,
  nowMs: number,
  retryAtMs: number | undefined,
): number {
  const backoffMs = Math.min(Math.max(MAX_BACKOFF_MS, intervalMs), intervalMs * 2 ** lease.consecutiveFailures);
  const askedMs = Math.min(retryAtMs ?? 0, nowMs + MAX_ASKED_MS);
  return Math.round(Math.max(nowMs + backoffMs * jitterOf(lease), askedMs));
}

/** From 0.9 to 1.1. */
function jitterOf({ target, epoch }: Lease): number {
  return 1 - JITTER + 2 * JITTER * fractionOf(`${target.id}#${epoch}`);
}

/** A number in [0, 1) that depends on every character (FNV-1a, 32 bits, with a final mix: neighbours must not stay neighbours). */
function fractionOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
