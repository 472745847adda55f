import { isCurlCommand, readCurlCommand } from "./curl-command.ts";
import type { PastedReading } from "./pasted-request.ts";
import { isRawRequest, readRawRequest } from "./raw-request.ts";

/** Reads a request that somebody made: a request line with headers, what `curl -v` printed, or a `curl` command. Never throws. */
export function parsePastedRequest(text: string): PastedReading {
  if (isCurlCommand(text)) return readCurlCommand(text);
  if (isRawRequest(text)) return readRawRequest(text);
  return {
    ok: false,
    problem:
      text.trim() === ""
        ? "Paste a request: its request line and headers, or the curl command that sends it."
        : "The text begins neither with a request line (GET /… HTTP/1.1) nor with curl.",
  };
}
