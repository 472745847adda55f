/** A word of a command. What was quoted is taken literally, so it is never an option. */
export interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

/**
 * Splits normalised text at spaces. A token that starts with a quote ends at the same quote before a space or the end;
 * quotes inside a word are ordinary characters. Answers `undefined` when a quote is never closed.
 */
export function tokenise(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let rest = text.trimStart();
  while (rest !== "") {
    const quote = rest.startsWith('"') || rest.startsWith("'") ? rest.charAt(0) : undefined;
    const end = quote === undefined ? wordEnd(rest) : quoteEnd(rest, quote);
    if (end === undefined) return undefined;
    const word = quote === undefined ? rest.slice(0, end) : rest.slice(1, end - 1);
    if (word.trim() !== "") tokens.push({ text: word, quoted: quote !== undefined });
    rest = rest.slice(end).trimStart();
  }
  return tokens;
}

/** Writes a word so that tokenise reads the same word again. */
export function quoteIfNeeded(word: string): string {
  if (/^[^\s"'\-–—]\S*$/u.test(word)) return word;
  return /"(?:\s|$)/u.test(word) ? `'${word}'` : `"${word}"`;
}

function wordEnd(text: string): number {
  const space = text.indexOf(" ");
  return space === -1 ? text.length : space;
}

function quoteEnd(text: string, quote: string): number | undefined {
  for (let at = text.indexOf(quote, 1); at !== -1; at = text.indexOf(quote, at + 1)) {
    const next = text[at + 1];
    if (next === undefined || next === " ") return at + 1;
  }
  return undefined;
}
