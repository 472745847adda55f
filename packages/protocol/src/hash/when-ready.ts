import type { MaybePromise } from "./signature-hash.ts";

/** Goes on with a value at once when it is there already, so that a synchronous hash keeps the whole signing synchronous. */
export function whenReady<T, U>(value: MaybePromise<T>, step: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return value instanceof Promise ? value.then(step) : step(value);
}
