import type { ExpositionEncoding } from "../exposition.ts";
import { parseWeightedList } from "./weighted-list.ts";

/**
 * Chooses the content coding of an answer from the `Accept-Encoding` header of the request (RFC 9110, 12.5.3): the one that
 * the client wants most, among equals gzip, which is kept ready, before zstd before the plain body. Without the header the
 * body is plain; when the client refuses everything, it is plain too, for there is no 406.
 *
 * @param acceptEncoding - The header as it came; several joined by commas.
 * @param options - `zstd`: whether it can be answered with. Default: no.
 */
export function negotiateEncoding(
  acceptEncoding: string | undefined,
  { zstd: hasZstd = false }: { readonly zstd?: boolean } = {},
): ExpositionEncoding {
  const qualities = new Map(
    parseWeightedList(acceptEncoding ?? "").map(({ value, quality }) => [value === "x-gzip" ? "gzip" : value, quality]),
  );
  const any = qualities.get("*");
  const gzip = qualities.get("gzip") ?? any;
  // A client that takes anything may not know zstd, which is younger than most of them.
  const zstd = hasZstd ? (qualities.get("zstd") ?? 0) : 0;
  const identity = qualities.get("identity");
  if (gzip === undefined && zstd === 0) {
    // Refusing the plain body and naming nothing else leaves only the coding every HTTP client knows.
    return identity === 0 ? "gzip" : "identity";
  }
  const best = Math.max(gzip ?? 0, zstd);
  if (best === 0 || best < (identity ?? 0)) return "identity";
  return gzip === best ? "gzip" : "zstd";
}
