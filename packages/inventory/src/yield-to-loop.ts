/** Lets other work of the event loop run; `setImmediate` as a promise on Node. */
export type YieldToLoop = () => Promise<void>;

/** The portable default: a zero timeout, which costs about a millisecond each time. */
export function yieldByTimeout(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
