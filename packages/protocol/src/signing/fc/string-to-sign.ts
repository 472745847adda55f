import type { HeaderPair } from "../request-to-sign.ts";

/** What the string to sign is written from. */
export interface FcStringToSignParts {
  readonly method: string;
  /** All headers of the request, names in lower case; `date`, `content-md5`, `content-type` and `x-fc-*` count. */
  readonly headers: readonly HeaderPair[];
  /** As `fcCanonicalResource` writes it. */
  readonly resource: string;
}

/**
 * First stage of the `FC` scheme: method, content MD5, content type and date on a line each (empty when absent), then every
 * `x-fc-*` header sorted as `name:value`, then the resource.
 *
 * Source: vendor page "Signature authentication" (2016-08-15).
 */
export function fcStringToSign(parts: FcStringToSignParts): string {
  const valueOf = (wanted: string): string => parts.headers.find(([name]) => name === wanted)?.[1].trim() ?? "";
  const own = parts.headers
    .filter(([name]) => name.startsWith("x-fc-"))
    .toSorted(([left], [right]) => (left < right ? -1 : 1));
  let headers = "";
  for (const [name, value] of own) headers += `${name}:${value.trim()}\n`;
  return `${parts.method}\n${valueOf("content-md5")}\n${valueOf("content-type")}\n${valueOf("date")}\n${headers}${parts.resource}`;
}
