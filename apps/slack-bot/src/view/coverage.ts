import type { SectionBlock } from "@slack/types";
import type { Coverage, MissingTarget, StaleTarget } from "../select/survey.ts";
import { section } from "./blocks.ts";
import { failureWords } from "./failure-words.ts";
import { date, markup, type Markup } from "./markup.ts";

/** Targets named in a warning before the rest is counted. */
const NAMED_TARGETS = 5;

/**
 * What must be said before any number: which targets are missing, old or doubtful. Empty when all is well. A block for each
 * warning, so that a long one never takes another with it.
 */
export function warningBlocks(coverage: Coverage): readonly SectionBlock[] {
  const { targetCount, missing, stale, unconfirmed } = coverage;
  return [
    ...warning(markup`${missing.length} of ${targets(targetCount)} missing`, missing.map(missingTargetLine)),
    ...warning(markup`${stale.length} of ${targets(targetCount)} with an older list`, stale.map(staleTargetLine)),
    ...warning(
      markup`Lost more than half of the functions; the next read will confirm it`,
      unconfirmed.map((place) => markup`${place.label}`),
    ),
  ];
}

/** The age of what is shown, in one line. */
export function freshnessLine({ oldestReadAtMs, targetCount, missing }: Coverage): Markup {
  const shown = targetCount - missing.length;
  if (oldestReadAtMs === undefined) return markup`No list to show · ${shown} of ${targets(targetCount)}`;
  const subject = shown === 1 ? "List" : "Oldest list";
  return markup`${subject} read ${date(oldestReadAtMs)} · ${shown} of ${targets(targetCount)}`;
}

/** `; 2 of 9 targets missing` for texts without room for names; empty when none is. */
export function missingClause({ targetCount, missing }: Coverage): Markup {
  return missing.length === 0 ? markup`` : markup`; ${missing.length} of ${targets(targetCount)} missing`;
}

/** `at least 8 functions`: counts are the least there is while a target is missing. */
export function qualified({ missing }: Coverage, words: string): string {
  return missing.length === 0 ? words : `at least ${words}`;
}

function missingTargetLine({ place, why, failure, readAtMs }: MissingTarget): Markup {
  if (why === "unread") return markup`${place.label}: first read under way`;
  if (why === "failed" || readAtMs === undefined) return markup`${place.label}: ${failureWords(failure)}`;
  const reason = failure === undefined ? markup`` : markup` (${failureWords(failure)})`;
  return markup`${place.label}: list of ${date(readAtMs)} is too old to show${reason}`;
}

function staleTargetLine({ place, failure, readAtMs }: StaleTarget): Markup {
  return markup`${place.label}: read ${date(readAtMs)}, since then ${failureWords(failure)}`;
}

/** A line that says what is wrong, then who. */
function warning(what: Markup, who: readonly Markup[]): readonly SectionBlock[] {
  if (who.length === 0) return [];
  const named = who.slice(0, NAMED_TARGETS).map((line) => markup`• ${line}`);
  const rest = who.length - NAMED_TARGETS;
  return [section([markup`⚠ *${what}*`, ...named, ...(rest > 0 ? [markup`• and ${rest} more`] : [])])];
}

function targets(count: number): Markup {
  return count === 1 ? markup`1 target` : markup`${count} targets`;
}
