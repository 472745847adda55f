import { REDACTED } from "../secret.ts";
import { errorText } from "./error-text.ts";
import type { LogFields } from "./logger.ts";

/** A value that prints without running anyone's code. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

const MAX_DEPTH = 4;
const MAX_ITEMS = 50;
const SECRET_NAME =
  /^(.*_)?(access_?key_?secret|security_?token|bot_?token|app_?token|signing_?secret|authorization|signature|password|cookie)$/iu;
const RESERVED = new Set(["time", "level", "msg"]);

/**
 * Makes fields safe to print: names become `[A-Za-z0-9_.-]`, secrets `[redacted]` (by their type, and by telling names as a
 * second net), errors their messages. Undefined values are left out, deep values and long lists cut. Never throws.
 */
export function plainFields(fields: LogFields, options: { readonly stacks: boolean }): ReadonlyMap<string, PlainValue> {
  const plain = new Map<string, PlainValue>();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const key = fieldName(name);
    plain.set(key, plainNamed(name, value, 0));
    if (options.stacks && value instanceof Error && value.stack !== undefined) plain.set(`${key}_stack`, value.stack);
  }
  return plain;
}

function fieldName(name: string): string {
  const safe = name.replace(/[^\w.-]/gu, "_");
  return safe === "" || RESERVED.has(safe) ? `${safe}_` : safe;
}

function plainNamed(name: string, value: unknown, depth: number): PlainValue {
  if (SECRET_NAME.test(name) && value !== null && value !== undefined) return REDACTED;
  return plainValue(value, depth);
}

function plainValue(value: unknown, depth: number): PlainValue {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "object":
      return value === null ? null : plainObject(value, depth);
    case "undefined":
      return null;
    case "bigint":
    case "symbol":
      return value.toString();
    default:
      return `[${typeof value}]`;
  }
}

function plainObject(value: object, depth: number): PlainValue {
  if (value instanceof Error) return errorText(value);
  if (depth >= MAX_DEPTH) return "[…]";
  try {
    if ("toJSON" in value && typeof value.toJSON === "function") return plainValue(value.toJSON(), depth + 1);
    if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => plainValue(item, depth + 1));
    if (value instanceof Map || value instanceof Set) return plainValue([...value], depth + 1);
    return Object.fromEntries(
      Object.entries(value)
        .slice(0, MAX_ITEMS)
        .map(([name, item]) => [name, plainNamed(name, item, depth + 1)]),
    );
  } catch {
    return "[unprintable]";
  }
}
