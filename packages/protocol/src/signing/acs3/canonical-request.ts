import type { HeaderPair } from "../request-to-sign.ts";

/** What the canonical request is written from. */
export interface CanonicalRequestParts {
  readonly method: string;
  readonly path: string;
  /** As `canonicalQuery` writes it. */
  readonly query: string;
  /** As `acs3SignedHeaders` picks and sorts them. */
  readonly signedHeaders: readonly HeaderPair[];
  readonly bodySha256Hex: string;
}

/**
 * First stage of ACS3: the request as six lines (method, path, query, headers, header names, body hash). The block of headers
 * ends with a newline of its own, so an empty line follows it.
 *
 * Source: vendor page "V3 request structure and signature", step 1.
 */
export function acs3CanonicalRequest(parts: CanonicalRequestParts): string {
  let headers = "";
  for (const [name, value] of parts.signedHeaders) headers += `${name}:${value.trim()}\n`;
  const names = acs3HeaderNames(parts.signedHeaders);
  return `${parts.method}\n${parts.path}\n${parts.query}\n${headers}\n${names}\n${parts.bodySha256Hex}`;
}

/** `host;x-acs-action;…`: the names as both the canonical request and the `Authorization` header list them. */
export function acs3HeaderNames(signedHeaders: readonly HeaderPair[]): string {
  let names = "";
  for (const [name] of signedHeaders) names += names === "" ? name : `;${name}`;
  return names;
}
