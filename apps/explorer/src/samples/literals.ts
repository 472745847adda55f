/** What a reader cannot see, or what turns the order of a line around: it is escaped, so that the source is what it looks like. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** A word of a POSIX shell that stands for exactly this text. */
export function shellLiteral(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A string literal of TypeScript. */
export function typescriptLiteral(text: string): string {
  return quoted(text, (character) => String.raw`\u{${codePointOf(character).toString(16)}}`);
}

/** A string literal of Python 3. */
export function pythonLiteral(text: string): string {
  return quoted(text, longEscape);
}

/** An interpreted string literal of Go. */
export function goLiteral(text: string): string {
  return quoted(text, longEscape);
}

/**
 * A string literal of Java. Octal below U+0100: the compiler turns `\u000a` into a line break before it looks for literals.
 *
 * @see https://docs.oracle.com/javase/specs/jls/se21/html/jls-3.html#jls-3.3
 */
export function javaLiteral(text: string): string {
  return quoted(text, (character) => {
    if (codePointOf(character) <= 0xff) return `\\${codePointOf(character).toString(8).padStart(3, "0")}`;
    return Array.from({ length: character.length }, (_unit, index) => unitEscape(character.charCodeAt(index))).join("");
  });
}

function quoted(text: string, escape: (character: string) => string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll(INVISIBLE, escape)}"`;
}

/** `\u` with four digits, or `\U` with eight: Python and Go agree on these. */
function longEscape(character: string): string {
  const codePoint = codePointOf(character);
  return codePoint > 0xff_ff ? String.raw`\U${codePoint.toString(16).padStart(8, "0")}` : unitEscape(codePoint);
}

function unitEscape(unit: number): string {
  return String.raw`\u${unit.toString(16).padStart(4, "0")}`;
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
