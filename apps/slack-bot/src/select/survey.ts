import { snapshotState, type PollFailure, type Snapshot, type TargetState } from "@fc-async/inventory";

/** One target's complete list, and how people name the target. */
export interface TargetList {
  readonly place: Place;
  readonly snapshot: Snapshot;
}

/** Where functions live, as people say it. */
export interface Place {
  readonly accountId: string;
  /** The account's alias, or its id. */
  readonly account: string;
  readonly regionId: string;
  /** `prod/cn-hangzhou` */
  readonly label: string;
}

/** A target without a list that may be shown. */
export interface MissingTarget {
  readonly place: Place;
  /** `unread`: the first attempt is not over. `failed`: no attempt ever succeeded. `expired`: the last list is too old to show. */
  readonly why: "unread" | "failed" | "expired";
  readonly failure: PollFailure | undefined;
  /** When the list that is too old was read. */
  readonly readAtMs: number | undefined;
}

/** A target whose list is shown although the latest attempt to read it failed. */
export interface StaleTarget {
  readonly place: Place;
  readonly failure: PollFailure | undefined;
  readonly readAtMs: number;
}

/** How much of the truth an answer has, and how old it is. */
export interface Coverage {
  readonly targetCount: number;
  readonly missing: readonly MissingTarget[];
  readonly stale: readonly StaleTarget[];
  /** Targets whose last list lost more than half of its rows, not yet confirmed by a second read. */
  readonly unconfirmed: readonly Place[];
  /** When the oldest of the lists was read. */
  readonly oldestReadAtMs: number | undefined;
}

/** Everything an answer is made from: the lists that may be shown, and what is missing beside them. */
export interface Survey {
  /** In the order of their labels. */
  readonly lists: readonly TargetList[];
  readonly coverage: Coverage;
}

export interface SurveyOptions {
  /** Names for accounts, by account id. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly nowMs: number;
  /** Lists older than this are not shown; 0 shows any. */
  readonly maxStalenessMs: number;
}

/** Sorts the states of all targets into what can be shown and what must be said about the rest. */
export function survey(states: readonly TargetState[], options: SurveyOptions): Survey {
  const lists: TargetList[] = [];
  const missing: MissingTarget[] = [];
  const stale: StaleTarget[] = [];
  const unconfirmed: Place[] = [];
  for (const state of states) {
    const place = placeOf(state, options.aliases);
    const condition = snapshotState(state, options);
    const failure = state.lastPoll?.ok === false ? state.lastPoll.failure : undefined;
    const { snapshot } = state;
    if (snapshot === undefined || condition === "none" || condition === "expired") {
      const why = snapshot !== undefined ? "expired" : state.lastPoll === undefined ? "unread" : "failed";
      missing.push({ place, why, failure, readAtMs: snapshot?.startedAtMs });
      continue;
    }
    lists.push({ place, snapshot });
    if (condition === "stale") stale.push({ place, failure, readAtMs: snapshot.startedAtMs });
    if (state.shrinkUnconfirmed) unconfirmed.push(place);
  }
  const readAtMs = lists.map(({ snapshot }) => snapshot.startedAtMs);
  return {
    lists: lists.toSorted((a, b) => comparePlaces(a.place, b.place)),
    coverage: {
      targetCount: states.length,
      missing: missing.toSorted((a, b) => comparePlaces(a.place, b.place)),
      stale: stale.toSorted((a, b) => comparePlaces(a.place, b.place)),
      unconfirmed: unconfirmed.toSorted(comparePlaces),
      oldestReadAtMs: readAtMs.length === 0 ? undefined : Math.min(...readAtMs),
    },
  };
}

function placeOf({ target }: TargetState, aliases: ReadonlyMap<string, string>): Place {
  const account = aliases.get(target.accountId) ?? target.accountId;
  return { accountId: target.accountId, account, regionId: target.regionId, label: `${account}/${target.regionId}` };
}

function comparePlaces(a: Place, b: Place): number {
  if (a.label === b.label) return 0;
  return a.label < b.label ? -1 : 1;
}
