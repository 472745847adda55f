/** Shorter ones say too little to stand alone. */
const MIN_LENGTH = 40;

/** A text cut behind its first sentence, or behind the one that makes it long enough to say something. */
export interface SentenceAndRest {
  readonly first: string;
  /** Empty when there is no more. */
  readonly rest: string;
}

/** A full stop ends a sentence when a space and a capital letter or a quotation mark follow. */
export function firstSentence(text: string): SentenceAndRest {
  const end = [...text.matchAll(/\.(?= +["'“`A-Z])/g)].find(({ index }) => index + 1 >= MIN_LENGTH);
  if (end === undefined) return { first: text, rest: "" };
  const cut = end.index + 1;
  return { first: text.slice(0, cut), rest: text.slice(cut).trim() };
}
