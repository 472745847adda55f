/** A text as one word of a POSIX shell: in single quotes everything stands for itself, but for the quote. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
