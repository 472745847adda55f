const SPACE = /[ \t\r\n]/;

/**
 * A member that stands more than once in a JSON object. `JSON.parse` takes the last without a word (RFC 8259 section 4 leaves it
 * open), so a list that begins well and ends with an empty repetition of itself would be read as an empty one.
 *
 * Looks at the outermost object alone, and not for names that are spelt with needless escapes.
 *
 * @param value - what `JSON.parse` made of `text`
 */
export function repeatedMember(text: string, value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.keys(value).find((name) => {
    const spelling = JSON.stringify(name);
    // Twice anywhere is rare, a function called "data" for one, and only then is every character looked at.
    return text.indexOf(spelling) !== text.lastIndexOf(spelling) && membersAtTopLevel(text, spelling) > 1;
  });
}

function membersAtTopLevel(text: string, spelling: string): number {
  let depth = 0;
  let found = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    else if (character === '"') {
      const end = endOfString(text, at);
      if (depth === 1 && text.slice(at, end) === spelling && isFollowedByColon(text, end)) found += 1;
      at = end - 1;
    }
  }
  return found;
}

/** The index behind the closing quote of the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function isFollowedByColon(text: string, from: number): boolean {
  let at = from;
  while (SPACE.test(text.charAt(at))) at += 1;
  return text[at] === ":";
}
