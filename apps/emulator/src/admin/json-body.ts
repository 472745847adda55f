import { AdminRefusal } from "./admin-refusal.ts";

const JSON_TYPE = /^application\/json\s*(?:;.*)?$/i;

/** The body of a request as JSON. Another content type is refused: a page of another website can send a form, but no JSON. */
export async function jsonBody(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type");
  if (type === null || !JSON_TYPE.test(type)) throw wrongType(type);
  const text = await request.text();
  try {
    return JSON.parse(text);
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

function wrongType(type: string | null): AdminRefusal {
  const said = type === null ? "The request names no content type" : `The content type is ${JSON.stringify(type)}`;
  return new AdminRefusal(415, "wrong_content_type", `${said}. Send Content-Type: application/json.`);
}
