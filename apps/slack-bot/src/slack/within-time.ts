/** Waits for a result, but not longer than this. A result that comes later is dropped, a later error too. */
export async function withinTime<T>(work: Promise<T>, timeoutMs: number): Promise<T | "late"> {
  const { promise: late, resolve } = Promise.withResolvers<"late">();
  const timer = setTimeout(() => resolve("late"), timeoutMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
