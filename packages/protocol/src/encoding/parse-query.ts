/** One query parameter, decoded. A list and not a record: a name may come twice, and names come from outside. */
export type QueryPair = readonly [name: string, value: string];

/**
 * Reads a query string (without `?`) into its decoded parameters, in order. `+` counts as a space, as in the WHATWG URL
 * standard; a name without `=` has an empty value; empty pieces between `&` are skipped.
 *
 * @throws {URIError} when an escape is malformed or not UTF-8.
 */
export function parseQuery(query: string): QueryPair[] {
  const pairs: QueryPair[] = [];
  if (query === "") return pairs;
  for (const piece of query.split("&")) {
    if (piece === "") continue;
    const equals = piece.indexOf("=");
    if (equals < 0) pairs.push([decode(piece), ""]);
    else pairs.push([decode(piece.slice(0, equals)), decode(piece.slice(equals + 1))]);
  }
  return pairs;
}

function decode(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  return spaced.includes("%") ? decodeURIComponent(spaced) : spaced;
}
