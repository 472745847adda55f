import { sameCredentials, type Credentials, type CredentialsProvider } from "@fc-async/protocol";
import { singleFlight } from "./single-flight.ts";

/**
 * How long a pair that was just fetched anew is handed out although it is refused. Without it, every region of an account whose
 * role lost its rights would fetch another pair of its own.
 */
const RENEWAL_PAUSE_MS = 5000;

/** A source of key pairs that keeps what it was given. */
export interface CachingSource {
  /** A pair from the cache, or a new one when the cache has none that lasts. */
  readonly get: () => Promise<Credentials>;
  /** Forgets the cache, so that the next `get` asks for a new pair. */
  readonly forget: () => void;
}

/**
 * Makes a provider of a caching source: a pair that the service refused is fetched anew, once for all who were refused at the
 * same time. Who comes later with a pair that is no longer the current one gets the current one.
 */
export function refreshingProvider({ get, forget }: CachingSource, now: () => number): CredentialsProvider {
  let renewal: Promise<Credentials> | undefined;
  let renewedAtMs = Number.NEGATIVE_INFINITY;
  const current = singleFlight(get);

  function renew(): Promise<Credentials> {
    forget();
    renewal = get().finally(() => {
      renewal = undefined;
      renewedAtMs = now();
    });
    return renewal;
  }

  return async (refused) => {
    const credentials = await (renewal ?? current());
    if (refused === undefined || !sameCredentials(credentials, refused)) return credentials;
    // Somebody else may have begun meanwhile.
    if (renewal !== undefined) return renewal;
    return Math.abs(now() - renewedAtMs) < RENEWAL_PAUSE_MS ? credentials : renew();
  };
}
