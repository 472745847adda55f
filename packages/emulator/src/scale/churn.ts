import { mixed } from "../random/mixed.ts";
import type { SlotList } from "./slot-list.ts";

/** Functions that appear and disappear as time goes by. */
export interface Churn {
  /** Changes a minute in each region: a function that goes, or one that comes. */
  readonly perMinute: number;
  /** Chooses which. Default 1. */
  readonly seed?: number | undefined;
}

const DEFAULT_SEED = 1;
const MINUTE_MS = 60_000;
/** A change is undone after so long, in a short list sooner. */
const LASTING_MINUTES = 10;
/** However fast it goes, seven of eight slots are as they were. */
const LARGEST_SHARE = 1 / 8;
/** Spare slots are few: so many numbers are drawn until one is of the kind that is wanted, and then the last is taken as it is. */
const MAX_DRAWS = 24;

/**
 * The slots that are not as they were, in order: regular ones without their row, and spare ones with it. A pure function of
 * seed and time: each change happens at its own moment and is undone at another, so nothing is remembered, and two
 * emulators with the same seed agree.
 *
 * @param place - tells regions apart, so that each has changes of its own
 */
export function churnedSlots(slots: SlotList, churn: Churn, place: number, nowMs: number): readonly number[] {
  const { perMinute, seed = DEFAULT_SEED } = churn;
  const lastEvent = churnTick(churn, nowMs);
  const lasting = Math.min(Math.ceil(perMinute * LASTING_MINUTES), Math.floor(slots.count * LARGEST_SHARE));
  const changed = new Set<number>();
  for (let event = lastEvent; event > lastEvent - lasting; event--) changed.add(slotOf(slots, seed, place, event));
  return [...changed].toSorted((a, b) => a - b);
}

/** The slot that an event changes. Functions come and go in turn, so that there are about as many at any time. */
function slotOf(slots: SlotList, seed: number, place: number, event: number): number {
  const comes = event % 2 === 0;
  let slot = 0;
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    slot = mixed(seed, place, event, draw) % slots.count;
    if (slots.isSpare(slot) === comes) break;
  }
  return slot;
}

/** The number of the last change before `nowMs`: between two of them nothing happens. */
export function churnTick({ perMinute }: Churn, nowMs: number): number {
  return Math.floor((nowMs / MINUTE_MS) * perMinute);
}
