import { completeAnswer, withHeaders, type Stamp } from "../exchange/complete-answer.ts";
import type { WireAnswer } from "../exchange/wire-answer.ts";
import type { JunkKind } from "./fault-rule.ts";

const NESTED_ARRAYS = 100_000;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;
/** The first byte of a two-byte sequence without its second. */
const CUT_SEQUENCE = 0xc3;
const HTML = `<!DOCTYPE html>
<html><head><title>502 Bad Gateway</title></head>
<body><h1>502 Bad Gateway</h1><p>The emulator sent this page in place of an answer.</p></body></html>
`;

/** What a `junk` action makes of the right answer. */
export function junkAnswer(kind: JunkKind, status: number, right: WireAnswer, stamp: Stamp): WireAnswer {
  const { body } = right;
  switch (kind) {
    case "html":
      return completeAnswer(status, HTML, stamp, { "Content-Type": "text/html; charset=utf-8" });
    case "wrong-content-type":
      return { ...right, status, headers: withHeaders(right.headers, { "Content-Type": "text/html" }) };
    case "bom":
      return completeAnswer(status, Uint8Array.of(...BYTE_ORDER_MARK, ...body), stamp);
    case "invalid-utf8":
      return completeAnswer(status, withInvalidUtf8(body), stamp);
    case "invalid-json":
      return completeAnswer(status, body.slice(0, -1), stamp);
    case "duplicate-keys":
      return completeAnswer(status, withDuplicateKeys(body), stamp);
    default:
      return completeAnswer(status, `{"data":${"[".repeat(NESTED_ARRAYS)}${"]".repeat(NESTED_ARRAYS)}}`, stamp);
  }
}

/** A text of its own at the end of the object: the rest of the body stays as it is. */
function withInvalidUtf8(body: Uint8Array): Uint8Array<ArrayBuffer> {
  const opening = new TextEncoder().encode(',"note":"');
  const closing = new TextEncoder().encode('"}');
  return Uint8Array.of(...body.subarray(0, -1), ...opening, CUT_SEQUENCE, ...closing);
}

function withDuplicateKeys(body: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(...body.subarray(0, -1), ...new TextEncoder().encode(',"data":[],"nextToken":""}'));
}
