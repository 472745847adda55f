import { editDistance } from "@fc-async/daemon";

const MAX_WORD_CHARACTERS = 64;

/** How many typing mistakes a suggestion forgives: one in three characters, at most three. */
function allowedEdits(word: string): number {
  return Math.min(3, Math.max(1, Math.floor(word.length / 3)));
}

/**
 * The names a person may have meant by a word, the likeliest first: the same but for case, then names that are a few typing
 * mistakes away, then names that contain the word. At most `maximum`.
 */
export function nearestNames(word: string, names: Iterable<string>, maximum: number): readonly string[] {
  const wanted = word.replaceAll(/[*?]/gu, "").toLowerCase();
  if (wanted === "" || wanted.length > MAX_WORD_CHARACTERS) return [];
  const edits = allowedEdits(wanted);
  const ranked: { readonly name: string; readonly rank: number }[] = [];
  for (const name of new Set(names)) {
    const lower = name.toLowerCase();
    const distance = editDistance(wanted, lower, edits);
    if (distance !== undefined) ranked.push({ name, rank: distance });
    else if (wanted.length > 2 && lower.includes(wanted)) ranked.push({ name, rank: edits + 1 });
  }
  ranked.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
  return ranked.slice(0, maximum).map(({ name }) => name);
}
