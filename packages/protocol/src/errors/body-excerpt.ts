const EXCERPT_LENGTH = 200;
const CONTROL_CHARACTERS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The first 200 characters of a body on one line: control, format and line characters stand as `\u{…}`. */
export function bodyExcerpt(text: string): string {
  return escapeControlCharacters(text.slice(0, EXCERPT_LENGTH));
}

/** The text with every character escaped that could move a cursor, forge a log line or reverse its reading order. */
export function escapeControlCharacters(text: string): string {
  return text.replace(CONTROL_CHARACTERS, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
