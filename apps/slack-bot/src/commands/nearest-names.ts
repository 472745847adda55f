import { editDistance } from "@fc-async/daemon";
import type { YieldToLoop } from "@fc-async/inventory";
import { firstBy } from "../select/first-by.ts";
import { inSlices } from "../select/in-slices.ts";

const MAX_WORD_CHARACTERS = 64;

/** How many typing mistakes a suggestion forgives: one in three characters, at most three. */
function allowedEdits(word: string): number {
  return Math.min(3, Math.max(1, Math.floor(word.length / 3)));
}

/**
 * The names a person may have meant by a word, the likeliest first: the same but for case, then names that are a few typing
 * mistakes away, then names that contain the word. At most `maximum`, each once.
 */
export async function nearestNames(
  word: string,
  names: Iterable<string>,
  maximum: number,
  yieldToLoop: YieldToLoop,
): Promise<readonly string[]> {
  const wanted = word.replaceAll(/[*?]/gu, "").toLowerCase();
  if (wanted === "" || wanted.length > MAX_WORD_CHARACTERS) return [];
  const edits = allowedEdits(wanted);
  const nearest = firstBy<{ readonly name: string; readonly rank: number }>(maximum, (a, b) =>
    a.rank === b.rank ? a.name < b.name : a.rank < b.rank,
  );
  const rank = (name: string): void => {
    const lower = name.toLowerCase();
    const distance = editDistance(wanted, lower, edits);
    const isContained = wanted.length > 2 && lower.includes(wanted);
    if (distance === undefined && !isContained) return;
    if (nearest.items.some((known) => known.name === name)) return;
    nearest.add({ name, rank: distance ?? edits + 1 });
  };
  await inSlices(names, rank, yieldToLoop);
  return nearest.items.map(({ name }) => name);
}
