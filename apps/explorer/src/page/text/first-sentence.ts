/** A text cut behind its first sentence. */
export interface SentenceAndRest {
  readonly first: string;
  /** Empty when there is no more. */
  readonly rest: string;
}

/** A full stop ends a sentence when a space and a capital letter or a quotation mark follow. */
export function firstSentence(text: string): SentenceAndRest {
  const end = /\.(?= +["'“`A-Z])/.exec(text);
  if (end === null) return { first: text, rest: "" };
  const cut = end.index + 1;
  return { first: text.slice(0, cut), rest: text.slice(cut).trim() };
}
