import { z } from "zod";
import type { RelayRequest } from "./relay-message.ts";

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/;
const HEADER_VALUE = /^[\x20-\x7E]{0,8192}$/;

const RelayRequestSchema = z.strictObject({
  method: z.literal("GET"),
  url: z.string(),
  headers: z.array(z.tuple([z.string().regex(HEADER_NAME), z.string().regex(HEADER_VALUE)]).readonly()).max(64),
});

/** What reading a body of `/relay` came to. */
export type RelayRequestReading =
  | { readonly ok: true; readonly request: RelayRequest }
  /** What is wrong, without the values. */
  | { readonly ok: false; readonly problem: string };

/** Reads the JSON that the page posts. */
export function parseRelayRequest(body: string): RelayRequestReading {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { ok: false, problem: "The body is not JSON." };
  }
  const parsed = RelayRequestSchema.safeParse(value);
  if (parsed.success) return { ok: true, request: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);
  return { ok: false, problem: `The body is not a request to relay. ${problems.join("; ")}` };
}
