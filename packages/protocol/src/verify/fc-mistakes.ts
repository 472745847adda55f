import { fcStringText, type FcString } from "./fc-string.ts";
import type { ReceivedRequest } from "./received-request.ts";
import { secretMistakes } from "./secret-mistakes.ts";
import type { SigningMistake } from "./signing-mistake.ts";

const CONTENT_TYPE_LINE = 3;
const DATE_LINE = 4;
const FIRST_HEADER_LINE = 5;

/** The usual ways to sign a request with the `FC` scheme wrongly, one at a time. */
export function fcMistakes(request: ReceivedRequest, right: FcString, secret: string): readonly SigningMistake[] {
  const resourceLine = FIRST_HEADER_LINE + right.headers.length;
  const [rawPath = "", ...rest] = request.target.split("?");
  const mistake = (line: number | undefined, sentence: string, stringToSign: string): SigningMistake => ({
    ...(line === undefined ? {} : { line }),
    sentence,
    secret,
    stringToSign,
  });
  const text = fcStringText(right);
  return [
    ...secretMistakes(secret, text),
    mistake(
      resourceLine,
      "The query was signed; under this scheme it is signed for HTTP triggers alone.",
      fcStringText({ ...right, resource: `${right.resource}?${rest.join("?")}` }),
    ),
    mistake(
      resourceLine,
      "A line break was signed behind the path, as for an HTTP trigger; a call of the API ends with the path.",
      `${text}\n`,
    ),
    mistake(
      resourceLine,
      "The path was signed percent-encoded; it is signed decoded.",
      fcStringText({ ...right, resource: rawPath }),
    ),
    mistake(
      CONTENT_TYPE_LINE,
      "A content type was signed that was not sent; without one the line is empty.",
      fcStringText({ ...right, contentType: "application/json" }),
    ),
    ...dates(request, right).map((date) =>
      mistake(
        DATE_LINE,
        "The other date header was signed; X-Fc-Date stands for Date where it is sent.",
        fcStringText({ ...right, date }),
      ),
    ),
    mistake(
      FIRST_HEADER_LINE,
      "The X-Fc-* headers were left out; each that is sent is signed.",
      fcStringText({ ...right, headers: [] }),
    ),
    ...right.headers.map((line, index) =>
      mistake(
        FIRST_HEADER_LINE + index,
        `${line.slice(0, line.indexOf(":"))} was left out; each X-Fc-* header that is sent is signed.`,
        fcStringText({ ...right, headers: right.headers.toSpliced(index, 1) }),
      ),
    ),
    mistake(
      undefined,
      "The lines were joined with CRLF; they are joined with LF alone.",
      text.replaceAll("\n", "\r\n"),
    ),
  ];
}

function dates({ headers }: ReceivedRequest, { date }: FcString): string[] {
  return [headers.get("date"), ""].flatMap((other) => (other === undefined || other === date ? [] : [other]));
}
