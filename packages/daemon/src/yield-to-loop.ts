/** Lets other work of the event loop run. A zero timeout costs a millisecond each time; this does not. */
export function yieldToLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
