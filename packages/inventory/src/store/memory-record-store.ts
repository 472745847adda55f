import type { Json, RecordStore } from "./record-store.ts";

interface Entry {
  readonly value: Json;
  readonly version: number;
  readonly expiresAtMs: number;
}

/** Expired records are looked for on each write; between two looks at least this many were written. */
const WRITES_PER_SWEEP = 256;

/** The records of one process, gone when it ends. */
export function createMemoryRecordStore(options: { readonly now?: (() => number) | undefined } = {}): RecordStore {
  const { now = Date.now } = options;
  const namespaces = new Map<string, Map<string, Entry>>();
  let writes = 0;

  function live(namespace: string, key: string): Entry | undefined {
    const entry = namespaces.get(namespace)?.get(key);
    return entry !== undefined && entry.expiresAtMs > now() ? entry : undefined;
  }

  function sweep(): void {
    for (const [namespace, records] of namespaces) {
      for (const [key, { expiresAtMs }] of records) if (expiresAtMs <= now()) records.delete(key);
      if (records.size === 0) namespaces.delete(namespace);
    }
  }

  return {
    async get(namespace, key) {
      const entry = live(namespace, key);
      return entry && { value: entry.value, version: entry.version };
    },

    async list(namespace) {
      const records = [...(namespaces.get(namespace) ?? [])].filter(([, { expiresAtMs }]) => expiresAtMs > now());
      return new Map(records.map(([key, { value, version }]) => [key, { value, version }]));
    },

    async put(namespace, key, value, { expectedVersion, ttlMs }) {
      const version = live(namespace, key)?.version ?? 0;
      if (version !== expectedVersion) return "conflict";
      writes += 1;
      if (writes % WRITES_PER_SWEEP === 0) sweep();
      let records = namespaces.get(namespace);
      if (records === undefined) namespaces.set(namespace, (records = new Map()));
      records.set(key, {
        value: structuredClone(value),
        version: version + 1,
        expiresAtMs: ttlMs === undefined ? Infinity : now() + ttlMs,
      });
      return version + 1;
    },

    async delete(namespace, key) {
      namespaces.get(namespace)?.delete(key);
    },
  };
}
