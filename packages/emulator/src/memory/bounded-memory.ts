/** What was worked out before, as much as fits. */
export interface BoundedMemory<Key, Value> {
  /** The value of a key, made once while it is remembered. */
  get(key: Key, make: () => Value): Value;
  clear(): void;
}

/** A memory that forgets everything when it holds `capacity` values: cheaper than to know which was used last. */
export function createBoundedMemory<Key, Value>(capacity: number): BoundedMemory<Key, Value> {
  const values = new Map<Key, Value>();
  return {
    get(key, make) {
      const known = values.get(key);
      if (known !== undefined) return known;
      const made = make();
      if (values.size === capacity) values.clear();
      values.set(key, made);
      return made;
    },
    clear: () => values.clear(),
  };
}
