/** A map that forgets what was not asked for longest. */
export interface BoundedCache<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

/** A cache of at most `size` entries. */
export function boundedCache<Value>(size: number): BoundedCache<Value> {
  const entries = new Map<string, Value>();
  const set = (key: string, value: Value): void => {
    // A map keeps the order of insertion.
    entries.delete(key);
    entries.set(key, value);
    const [oldest] = entries.keys();
    if (entries.size > size && oldest !== undefined) entries.delete(oldest);
  };
  return {
    get(key) {
      const value = entries.get(key);
      if (value !== undefined) set(key, value);
      return value;
    },
    set,
  };
}
