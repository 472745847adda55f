/** Remembers nonces for as long as a request that carries one could still be within the clock window. */
export interface NonceMemory {
  /** True the first time a key uses a nonce, false when it did so before. */
  accept(accessKeyId: string, nonce: string, nowMs: number): boolean;
  clear(): void;
}

export function createNonceMemory(maxSkewMs: number): NonceMemory {
  // A request dated `maxSkewMs` ahead is good until `maxSkewMs` after its date.
  const lifetimeMs = 2 * maxSkewMs;
  // By key, each in the order of insertion, which is the order of expiry.
  const expiriesByKey = new Map<string, Map<string, number>>();
  return {
    accept(accessKeyId, nonce, nowMs) {
      const expiries = expiriesByKey.get(accessKeyId) ?? new Map<string, number>();
      expiriesByKey.set(accessKeyId, expiries);
      for (const [used, expiresAtMs] of expiries) {
        if (expiresAtMs >= nowMs) break;
        expiries.delete(used);
      }
      if (expiries.has(nonce)) return false;
      expiries.set(nonce, nowMs + lifetimeMs);
      return true;
    },
    clear: () => expiriesByKey.clear(),
  };
}
