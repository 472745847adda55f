import { inspect } from "node:util";

/** What stands wherever a secret is printed. */
export const REDACTED = "[redacted]";

/**
 * A text that must not be shown. `String()`, template literals, `JSON.stringify`, `util.inspect` and `console.log` print
 * `[redacted]`; only `reveal()` gives the text, so each place that uses it can be found by that name.
 */
export interface Secret {
  reveal(): string;
}

/** Wraps a text into a {@link Secret}. */
export function secret(value: string): Secret {
  // The text lives in the closure alone: no property holds it, so no walk over properties can find it.
  return Object.freeze({
    reveal: () => value,
    toString: hidden,
    toJSON: hidden,
    [Symbol.toPrimitive]: hidden,
    [inspect.custom]: hidden,
  });
}

function hidden(): string {
  return REDACTED;
}
