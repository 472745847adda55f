/** Remembers nonces for as long as a request that carries one could still be within the clock window. */
export interface NonceMemory {
  /** True the first time a key uses a nonce, false when it did so before. */
  accept(accessKeyId: string, nonce: string, nowMs: number): boolean;
  clear(): void;
}

export function createNonceMemory(maxSkewMs: number): NonceMemory {
  // A request dated `maxSkewMs` ahead is good until `maxSkewMs` after its date.
  const lifetimeMs = 2 * maxSkewMs;
  // In the order of insertion, which is the order of expiry.
  const expiries = new Map<string, number>();
  return {
    accept(accessKeyId, nonce, nowMs) {
      for (const [key, expiresAtMs] of expiries) {
        if (expiresAtMs >= nowMs) break;
        expiries.delete(key);
      }
      const key = `${accessKeyId}\n${nonce}`;
      if (expiries.has(key)) return false;
      expiries.set(key, nowMs + lifetimeMs);
      return true;
    },
    clear: () => expiries.clear(),
  };
}
