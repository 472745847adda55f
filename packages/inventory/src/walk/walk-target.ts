import { FcPaginationError, FcTimeoutError, type CallEvent, type RateLimiter } from "@fc-async/protocol";
import type { InventoryRow, Snapshot } from "../snapshot/snapshot.ts";
import { createSnapshotBuilder, type SnapshotBuilder } from "../snapshot/snapshot-builder.ts";
import type { Source } from "../source.ts";
import type { Target } from "../target.ts";
import type { YieldToLoop } from "../yield-to-loop.ts";

/** One walk: what to read, and what it may take. */
export interface Walk {
  readonly target: Target;
  readonly source: Source;
  /** The list before: what it says too is held once. */
  readonly known: Snapshot | undefined;
  readonly keep: (row: InventoryRow) => boolean;
  readonly limiter: RateLimiter | undefined;
  readonly walkDeadlineMs: number;
  /** Ends the walk from outside; its reason comes back as the error. */
  readonly signal: AbortSignal;
  /** Keeps the right to walk, past a wait of this length; an error it throws ends the walk. */
  readonly renew: (waitMs: number) => Promise<void>;
  readonly observe: (event: CallEvent) => void;
  /** When the walk begins, in the store's clock. */
  readonly startedAtMs: number;
}

export interface WalkPlatform {
  /** Only differences count. */
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly yieldToLoop: YieldToLoop;
}

/** Given as the reason: without one an exception is made, stack and all, at the end of each walk. */
const ENDED = "ended";

/** Every page, or an error: there is no list in between. */
export type WalkResult =
  | { readonly ok: true; readonly snapshot: Snapshot }
  | { readonly ok: false; readonly error: unknown; readonly durationMs: number; readonly pages: number };

/**
 * Reads one target from its first page to its last. A list whose token is refused on the way, which tokens with an end do when
 * the walk is slow, is read once more from its start, and nothing of the first reading is kept. Never rejects.
 */
export async function walkTarget(walk: Walk, { now, sleep, yieldToLoop }: WalkPlatform): Promise<WalkResult> {
  const { target, walkDeadlineMs, startedAtMs } = walk;
  let builder = createSnapshotBuilder(walk.keep, yieldToLoop, walk.known);
  const beganMs = now();
  const durationMs = (): number => Math.max(0, now() - beganMs);

  const deadline = new AbortController();
  const ended = new AbortController();
  sleep(walkDeadlineMs, ended.signal).then(
    () => deadline.abort(deadlinePassed(target, walkDeadlineMs, builder.pages)),
    () => undefined,
  );
  const signal = AbortSignal.any([walk.signal, deadline.signal]);
  let restarts = 0;
  try {
    for (;;) {
      try {
        await readPages(walk, builder, signal);
        break;
      } catch (error) {
        if (restarts > 0 || !isRefusedToken(error)) throw error;
        restarts += 1;
        builder = createSnapshotBuilder(walk.keep, yieldToLoop, walk.known);
      }
    }
    const snapshot = await builder.finish({ startedAtMs, durationMs: durationMs() });
    signal.throwIfAborted();
    if (restarts === 0) return { ok: true, snapshot };
    return { ok: true, snapshot: { ...snapshot, quirks: { ...snapshot.quirks, refused_token: restarts } } };
  } catch (error) {
    return { ok: false, error, durationMs: durationMs(), pages: builder.pages };
  } finally {
    ended.abort(ENDED);
  }
}

async function readPages(walk: Walk, builder: SnapshotBuilder, signal: AbortSignal): Promise<void> {
  const { target, source, limiter, renew, observe } = walk;
  for await (const page of source(target, { signal, limiter, beforeWait: renew, observe })) {
    signal.throwIfAborted();
    builder.add(page);
    await renew(0);
  }
}

function isRefusedToken(error: unknown): boolean {
  return error instanceof FcPaginationError && error.problem === "refused_token";
}

function deadlinePassed(target: Target, deadlineMs: number, pages: number): FcTimeoutError {
  return new FcTimeoutError(
    `The walk of ${target.id} was not at its end after ${deadlineMs / 1000} s and ${pages} pages. ` +
      "Raise limits.walk_deadline when the list is that long, or look at the service's latency.",
    { phase: "walk", timeoutMs: deadlineMs },
  );
}
