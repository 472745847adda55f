/** A text in what it shares with another at its start, at its end, and what is between. */
export interface CommonEnds {
  readonly start: string;
  readonly middle: string;
  readonly end: string;
}

/** Cuts a text by what it shares with another, whole characters at a time. */
export function commonEnds(text: string, other: string): CommonEnds {
  const own = Array.from(text);
  const its = Array.from(other);
  const shorter = Math.min(own.length, its.length);
  let start = 0;
  while (start < shorter && own[start] === its[start]) start += 1;
  let end = 0;
  while (end < shorter - start && own[own.length - 1 - end] === its[its.length - 1 - end]) end += 1;
  return {
    start: own.slice(0, start).join(""),
    middle: own.slice(start, own.length - end).join(""),
    end: own.slice(own.length - end).join(""),
  };
}
