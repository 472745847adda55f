import { z } from "zod";
import { parseInput } from "../input/parse-input.ts";
import { strictShape } from "../input/strict-shape.ts";
import type { FaultRule } from "./fault-rule.ts";

const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const MIN_STATUS = 200;
const MAX_STATUS = 599;

const count = z.int().min(1);
const byteCount = z.int().min(0);
const status = z.int().min(MIN_STATUS).max(MAX_STATUS);
const headers = z.record(
  z.string().regex(HEADER_NAME, "not a header name (RFC 9110 section 5.1)"),
  z.string().regex(HEADER_VALUE, "holds a character no header value may hold"),
);

const token = z.union(
  [z.enum(["repeat", "beyond-end", "absent", "null", "two-quotes"]), strictShape({ cycle: z.int().min(1) })],
  { error: 'must be "repeat", "beyond-end", "absent", "null", "two-quotes" or { cycle: length }' },
);

const action = z.discriminatedUnion("type", [
  strictShape({
    type: z.literal("status"),
    status,
    code: z.string().optional(),
    message: z.string().optional(),
    headers: headers.optional(),
  }),
  strictShape({ type: z.literal("delay"), ms: z.number().min(0) }),
  strictShape({ type: z.literal("reset"), afterBytes: byteCount.optional() }),
  strictShape({ type: z.literal("close"), afterBytes: byteCount.optional() }),
  strictShape({ type: z.literal("silence") }),
  strictShape({ type: z.literal("drip"), bytes: count, everyMs: z.number().min(0) }),
  strictShape({
    type: z.literal("body"),
    body: z.string().optional(),
    bytes: z.instanceof(Uint8Array).optional(),
    base64: z.base64().optional(),
    status: status.optional(),
    headers: headers.optional(),
    gzip: z.enum(["whole", "cut"]).optional(),
  }).refine(({ body, bytes, base64 }) => [body, bytes, base64].filter((given) => given !== undefined).length <= 1, {
    error: "body, bytes and base64 exclude each other",
  }),
  strictShape({ type: z.literal("headers"), headers }),
  strictShape({ type: z.literal("page"), rows: byteCount.optional(), overlap: byteCount.optional() }),
  strictShape({ type: z.literal("token"), token }),
]);

const rules = z.array(
  strictShape({
    match: strictShape({
      account: z.string().optional(),
      region: z.string().optional(),
      page: count.optional(),
      nth: count.optional(),
    }),
    times: z.union([count, z.literal("forever")], { error: 'must be a positive integer or "forever"' }),
    action,
  }),
);

/**
 * Reads fault rules from a plain value, from a file for instance. Keys are exact: one that is misspelt would be a rule that
 * silently does something else.
 *
 * @throws {EmulatorInputError} with every problem at once.
 */
export function parseFaults(value: unknown): readonly FaultRule[] {
  return parseInput("fault rules", rules, value);
}
