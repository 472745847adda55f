import type { QueryPair } from "../encoding/parse-query.ts";
import { percentEncode } from "../encoding/percent-encode.ts";

/**
 * The query in the one form both sides can agree on: sorted by name (then value) in code-unit order, strictly encoded, `name=`
 * for an empty value. This is also what goes on the wire, so nobody has to reconstruct it.
 *
 * Source: vendor page "V3 request structure and signature", CanonicalQueryString.
 */
export function canonicalQuery(pairs: readonly QueryPair[]): string {
  let query = "";
  for (const [name, value] of pairs.length > 1 ? pairs.toSorted(byNameThenValue) : pairs) {
    query += `${query === "" ? "" : "&"}${percentEncode(name)}=${percentEncode(value)}`;
  }
  return query;
}

function byNameThenValue(left: QueryPair, right: QueryPair): number {
  const side = left[0] === right[0] ? 1 : 0;
  if (left[side] === right[side]) return 0;
  return left[side] < right[side] ? -1 : 1;
}
