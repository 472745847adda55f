import type { ExpositionEncoding } from "../exposition.ts";
import { parseWeightedList } from "./weighted-list.ts";

/**
 * Chooses the content coding of an answer from the `Accept-Encoding` header of the request (RFC 9110, 12.5.3): gzip where
 * the client accepts it no less than the plain body. Without the header the body is plain; when the client refuses both,
 * it is plain too, for there is no 406.
 *
 * @param acceptEncoding - The header as it came; several joined by commas.
 */
export function negotiateEncoding(acceptEncoding: string | undefined): ExpositionEncoding {
  const qualities = new Map(
    parseWeightedList(acceptEncoding ?? "").map(({ value, quality }) => [value === "x-gzip" ? "gzip" : value, quality]),
  );
  const any = qualities.get("*");
  const gzip = qualities.get("gzip") ?? any;
  const identity = qualities.get("identity");
  if (gzip === undefined) {
    // Refusing the plain body and naming nothing else leaves only the coding every HTTP client knows.
    return identity === 0 ? "gzip" : "identity";
  }
  return gzip > 0 && gzip >= (identity ?? 0) ? "gzip" : "identity";
}
