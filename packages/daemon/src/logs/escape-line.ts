/** Characters that are legal in JSON yet could move a cursor, forge a line or reverse the reading order. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Replaces them by JSON's own escapes, so that a line of JSON says the same in plain sight. */
export function escapeLine(json: string): string {
  return json.replace(UNSAFE, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}
