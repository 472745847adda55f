import { z } from "zod";
import { parseInput } from "../input/parse-input.ts";
import { strictShape } from "../input/strict-shape.ts";
import type { FaultRule } from "./fault-rule.ts";

const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const MIN_STATUS = 200;
const MAX_STATUS = 599;
const MAX_BOMB_BYTES = 1024 ** 3;

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

const milliseconds = z.number().min(0);
const delayMs = z.union(
  [
    milliseconds,
    strictShape({ min: milliseconds, max: milliseconds }),
    strictShape({ median: z.number().gt(0), sigma: milliseconds }),
  ],
  { error: "must be milliseconds, { min, max } or { median, sigma }" },
);
const framing = z.enum(["length", "chunked", "none"]);

const action = z.discriminatedUnion("type", [
  strictShape({
    type: z.literal("status"),
    status,
    code: z.string().optional(),
    message: z.string().optional(),
    headers: headers.optional(),
  }),
  strictShape({ type: z.literal("delay"), ms: delayMs }),
  strictShape({ type: z.literal("reset"), afterBytes: byteCount.optional(), framing: framing.optional() }),
  strictShape({ type: z.literal("close"), afterBytes: byteCount.optional(), framing: framing.optional() }),
  strictShape({
    type: z.literal("broken-framing"),
    how: z.enum(["bad-chunk-size", "two-lengths", "length-and-chunks"]),
  }),
  strictShape({ type: z.literal("silence") }),
  strictShape({ type: z.literal("drip"), bytes: count, everyMs: milliseconds }),
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
  strictShape({ type: z.literal("gzip-bomb"), bytes: count.max(MAX_BOMB_BYTES) }),
  strictShape({
    type: z.literal("junk"),
    kind: z.enum([
      "html",
      "wrong-content-type",
      "bom",
      "invalid-utf8",
      "invalid-json",
      "duplicate-keys",
      "deep-nesting",
    ]),
    status: status.optional(),
  }),
  strictShape({
    type: z.literal("redirect"),
    location: z.string().regex(HEADER_VALUE, "holds a character no header value may hold"),
    status: z.literal([301, 302, 303, 307, 308]).optional(),
  }),
  strictShape({ type: z.literal("stale"), ageMs: milliseconds }),
  strictShape({ type: z.literal("headers"), headers }),
  strictShape({
    type: z.literal("page"),
    rows: byteCount.optional(),
    overlap: byteCount.optional(),
    emptyAs: z.enum(["array", "null"]).optional(),
  }),
  strictShape({ type: z.literal("token"), token }),
]);

const rule = strictShape({
  match: strictShape({
    account: z.string().optional(),
    region: z.string().optional(),
    page: count.optional(),
    nth: count.optional(),
    header: headers.optional(),
  }),
  times: z.union([count, z.literal("forever")], { error: 'must be a positive integer or "forever"' }),
  probability: z.number().gt(0).lt(1).optional(),
  seed: z.int().optional(),
  action,
}).check(({ value, issues }) => {
  if (value.seed !== undefined) return;
  const message = "is random: the rule needs a seed, so that every run is the same";
  if (value.probability !== undefined) issues.push({ code: "custom", path: ["probability"], message, input: value });
  if (value.action.type === "delay" && typeof value.action.ms !== "number") {
    issues.push({ code: "custom", path: ["action", "ms"], message, input: value });
  }
});

const rules = z.array(rule);

/**
 * Reads fault rules from a plain value, from a file for instance. Keys are exact: one that is misspelt would be a rule that
 * silently does something else.
 *
 * @throws {EmulatorInputError} with every problem at once.
 */
export function parseFaults(value: unknown): readonly FaultRule[] {
  return parseInput("fault rules", rules, value);
}
