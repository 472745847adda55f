import type { HeaderPair } from "../request-to-sign.ts";

/**
 * The headers ACS3 signs: `host`, `content-type` and every `x-acs-*`, sorted by name. `X-Fc-*` headers are not among them;
 * recordings of the vendor's SDK agree.
 */
export function acs3SignedHeaders(headers: readonly HeaderPair[]): HeaderPair[] {
  return headers.filter(([name]) => isSigned(name)).toSorted(([left], [right]) => (left < right ? -1 : 1));
}

function isSigned(name: string): boolean {
  return name.startsWith("x-acs-") || name === "host" || name === "content-type";
}
