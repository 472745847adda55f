/** Anything JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface StoredRecord {
  readonly value: Json;
  /** Grows with each write of this key; the condition of the next one. */
  readonly version: number;
}

/**
 * Small shared records of an app (subscriptions, "seen this delivery already"), beside the inventory and knowing nothing of it.
 */
export interface RecordStore {
  get(namespace: string, key: string): Promise<StoredRecord | undefined>;
  list(namespace: string): Promise<ReadonlyMap<string, StoredRecord>>;
  /**
   * Writes when the stored version is `expectedVersion` (0: the key must not exist), and answers the new version, or `conflict`.
   * The record vanishes `ttlMs` after this write when given.
   */
  put(
    namespace: string,
    key: string,
    value: Json,
    options: { readonly expectedVersion: number; readonly ttlMs?: number | undefined },
  ): Promise<number | "conflict">;
  delete(namespace: string, key: string): Promise<void>;
}
