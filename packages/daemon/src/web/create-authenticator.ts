import { createHmac, randomBytes } from "node:crypto";
import { bcryptCost, unmatchedBcryptHash } from "./bcrypt-hash.ts";
import { readBasicCredentials } from "./basic-credentials.ts";
import type { BcryptComparer } from "./bcrypt-comparer.ts";
import { boundedCache } from "./bounded-cache.ts";
import type { WebConfig } from "./web-config.ts";

/** `busy` = too many passwords wait to be compared. */
export type AuthenticationResult = "granted" | "denied" | "busy";

export interface AuthenticationRequest {
  /** The header, whole. */
  readonly authorization: string | undefined;
  readonly remoteAddress: string | undefined;
}

export type Authenticator = (
  request: AuthenticationRequest,
  users: WebConfig["users"],
) => Promise<AuthenticationResult>;

const CACHED_RESULTS = 128;
/** A comparison takes about 0.1 s, so that the last in the queue waits about three seconds. */
const MAX_WAITING = 32;
const MAX_WAITING_OF_AN_ADDRESS = 8;
const DEFAULT_COST = 10;

/**
 * Checks users as exporter-toolkit does: bcrypt hashes, results remembered, unknown users compared against a hash that no password
 * has, so that their time tells nothing. Beyond it, wrong passwords cannot push right ones out of memory, and who floods the
 * queue from one address leaves room for others.
 */
export function createAuthenticator(compare: BcryptComparer): Authenticator {
  // A key of its own, so that what is kept in memory cannot be compared with anything outside.
  const cacheKey = randomBytes(32);
  const granted = boundedCache<true>(CACHED_RESULTS);
  const denied = boundedCache<true>(CACHED_RESULTS);
  const pending = new Map<string, { readonly address: string; readonly result: Promise<boolean> }>();

  async function compareOnce(key: string, address: string, password: string, hash: string): Promise<boolean> {
    const result = compare(password, hash);
    pending.set(key, { address, result });
    try {
      return await result;
    } finally {
      pending.delete(key);
    }
  }

  return async ({ authorization, remoteAddress: address = "" }, users) => {
    const credentials = readBasicCredentials(authorization);
    if (credentials === undefined) return "denied";
    const { user, password } = credentials;
    const known = users.get(user)?.reveal();
    const hash = known ?? unmatchedBcryptHash(usualCost(users));
    const key = createHmac("sha256", cacheKey)
      .update(JSON.stringify([user, hash, password]))
      .digest("base64");
    if (granted.get(key) === true) return "granted";
    if (denied.get(key) === true) return "denied";

    const running = pending.get(key);
    if (running === undefined) {
      const ofAddress = pending.values().reduce((count, other) => count + (other.address === address ? 1 : 0), 0);
      if (pending.size >= MAX_WAITING || ofAddress >= MAX_WAITING_OF_AN_ADDRESS) return "busy";
    }
    const matches = await (running?.result ?? compareOnce(key, address, password, hash));
    const isGranted = matches && known !== undefined;
    (isGranted ? granted : denied).set(key, true);
    return isGranted ? "granted" : "denied";
  };
}

/** The highest cost of the users: who is unknown takes no less time than anybody who is known. */
function usualCost(users: WebConfig["users"]): number {
  const costs = [...users.values()].map((hash) => bcryptCost(hash.reveal()) ?? DEFAULT_COST);
  return Math.max(...costs);
}
