import type { IncomingMessage } from "node:http";
import type { ReceivedMessage } from "@fc-async/emulator";

/** Reading stops behind this: the emulator refuses what is larger than its own limit, and needs no more bytes to do so. */
const MAX_READ_BYTES = 8 * 1024 * 1024;

/** A request as it stood on the wire. The target is the request line's, which no URL parser has touched. */
export async function receivedMessage(request: IncomingMessage): Promise<ReceivedMessage> {
  const headers = headerMap(request.rawHeaders);
  return {
    method: request.method ?? "GET",
    target: request.url ?? "/",
    headers,
    body: hasBody(headers) ? await readBody(request) : undefined,
  };
}

/** From the raw list: `request.headers` silently drops the second of two `Host` or `Authorization` headers. */
function headerMap(rawHeaders: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    const value = rawHeaders[index + 1] ?? "";
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return headers;
}

function hasBody(headers: ReadonlyMap<string, string>): boolean {
  return headers.has("transfer-encoding") || (headers.get("content-length") ?? "0") !== "0";
}

async function readBody(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!(chunk instanceof Uint8Array)) continue;
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_READ_BYTES) break;
  }
  return Uint8Array.from(Buffer.concat(chunks));
}
