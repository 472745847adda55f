import type { RowSlice } from "../rows/row-slice.ts";

/** What stands in the place of the token. */
export type TokenSpelling = { readonly token: string } | "absent" | "null";

const utf8 = new TextEncoder();
const OPENING = utf8.encode('{"data":[');
/** The last body of each run of rows: a page that is asked for again is not put together again. */
const bodies = new WeakMap<RowSlice, { readonly end: string; readonly body: Uint8Array<ArrayBuffer> }>();

/**
 * The body of a page. The last one has an empty token, present: so the vendor's integration tests of a sibling operation assert.
 *
 * @param rows - `undefined` for `data: null`
 */
export function pageBody(rows: RowSlice | undefined, spelling: TokenSpelling): Uint8Array<ArrayBuffer> {
  const end = `${tokenMember(spelling)}}`;
  if (rows === undefined) return utf8.encode(`{"data":null${end}`);
  const known = bodies.get(rows);
  if (known?.end === end) return known.body;
  const body = joined([OPENING, rows.json, utf8.encode(`]${end}`)]);
  bodies.set(rows, { end, body });
  return body;
}

function tokenMember(spelling: TokenSpelling): string {
  if (spelling === "absent") return "";
  return `,"nextToken":${spelling === "null" ? "null" : JSON.stringify(spelling.token)}`;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
