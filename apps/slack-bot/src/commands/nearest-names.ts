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

/**
 * Damerau–Levenshtein distance in its restricted form (no part is edited twice), or `undefined` as soon as it is sure to
 * exceed `maximum`.
 */
export function editDistance(a: string, b: string, maximum: number): number | undefined {
  if (Math.abs(a.length - b.length) > maximum) return undefined;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > maximum) return undefined;
    beforeLast = last;
    last = row;
  }
  const distance = last[b.length] ?? 0;
  return distance <= maximum ? distance : undefined;
}
