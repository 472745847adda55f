import type { IncomingMessage } from "node:http";

/** Slack's requests to this bot are below 8 kB; what is larger is not from Slack. */
export const MAX_BODY_BYTES: number = 65_536;

export type BodyReading =
  | { readonly ok: true; readonly body: Buffer }
  | { readonly ok: false; readonly why: "too_large" | "aborted" };

/** Reads a request to its end, and not a byte more than `maxBytes` of it. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<BodyReading> {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) return { ok: false, why: "too_large" };
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) return { ok: false, why: "aborted" };
      bytes += chunk.length;
      if (bytes > maxBytes) return { ok: false, why: "too_large" };
      chunks.push(chunk);
    }
  } catch {
    return { ok: false, why: "aborted" };
  }
  return { ok: true, body: Buffer.concat(chunks) };
}
