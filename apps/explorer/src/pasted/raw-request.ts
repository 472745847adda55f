import { addHeader, sentUrl, type PastedReading } from "./pasted-request.ts";

const REQUEST_LINE = /^([A-Za-z]+) +(\S+)(?: +HTTP\/\d(?:\.\d)?)?$/;
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*)$/;
/** How `curl -v` marks what it sent. */
const SENT = /^> ?/;

/** Whether a text begins with a request line. */
export function isRawRequest(text: string): boolean {
  return REQUEST_LINE.test(linesOf(text)[0] ?? "");
}

/** Reads a request line with headers (RFC 9112), in absolute or origin form; also the lines that `curl -v` prints. */
export function readRawRequest(text: string): PastedReading {
  const lines = linesOf(text);
  const [, method = "", requestTarget = ""] = REQUEST_LINE.exec(lines[0] ?? "") ?? [];
  const url = requestTarget.startsWith("/") ? { host: undefined, target: requestTarget } : sentUrl(requestTarget);
  if (url === undefined) return { ok: false, problem: `${quoted(requestTarget)} is neither a path nor an http URL.` };

  const end = lines.indexOf("");
  const headers = new Map<string, string>();
  let lastName = "";
  for (const [index, line] of lines.slice(1, end === -1 ? undefined : end).entries()) {
    const [, name, value = ""] = HEADER.exec(line) ?? [];
    if (name !== undefined) {
      lastName = name;
      addHeader(headers, name, value.trim());
    } else if (/^[ \t]/.test(line) && lastName !== "") {
      const key = lastName.toLowerCase();
      headers.set(key, `${headers.get(key) ?? ""} ${line.trim()}`);
    } else {
      return {
        ok: false,
        problem: `Line ${index + 2}, ${quoted(line)}, is no header. A header is written name: value.`,
      };
    }
  }
  if (url.host !== undefined && !headers.has("host")) headers.set("host", url.host);
  const body = end === -1 ? "" : lines.slice(end + 1).join("\n");
  return { ok: true, request: { method, target: url.target, headers, body } };
}

function linesOf(text: string): readonly string[] {
  const lines = text.trim().split(/\r?\n/);
  const sent = lines.filter((line) => SENT.test(line)).map((line) => line.replace(SENT, ""));
  return REQUEST_LINE.test(sent[0] ?? "") ? sent : lines;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
