import { AdminRefusal } from "./admin-refusal.ts";

const MAX_BODY_BYTES = 1024 * 1024;
const JSON_TYPE = /^application\/json\s*(?:;.*)?$/i;

/** The body of a request as JSON. Another content type is refused: a page of another website can send a form, but no JSON. */
export async function jsonBody(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type");
  if (type === null || !JSON_TYPE.test(type)) throw wrongType(type);
  const bytes = await bytesOf(request);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AdminRefusal(400, "wrong_body", `The body is not JSON (${reason}). Correct it and send it again.`);
  }
}

/** For what takes no body: a form is refused all the same. */
export function withoutBody({ headers }: Request): void {
  const type = headers.get("content-type");
  if (type !== null && !JSON_TYPE.test(type)) throw wrongType(type);
}

/** By hand: the body limit of hono makes a global `Request` of the server's own, which Node refuses, when a body comes in chunks. */
async function bytesOf({ body }: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length > MAX_BODY_BYTES) {
      throw new AdminRefusal(413, "too_large", `The body is larger than ${MAX_BODY_BYTES} bytes. Send less at a time.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function wrongType(type: string | null): AdminRefusal {
  const said = type === null ? "The request names no content type" : `The content type is ${JSON.stringify(type)}`;
  return new AdminRefusal(415, "wrong_content_type", `${said}. Send Content-Type: application/json.`);
}
