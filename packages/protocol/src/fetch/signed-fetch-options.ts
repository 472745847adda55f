import type { CallEvent } from "../call-event.ts";
import type { CredentialsProvider } from "../credentials.ts";
import type { SignatureHash } from "../hash/signature-hash.ts";
import type { RateLimiter } from "../retry/rate-limiter.ts";
import type { RetryPolicy } from "../retry/retry-policy.ts";
import type { Given } from "../with-defaults.ts";
import type { AttemptFetch } from "./send-bounded.ts";

/** Which signature scheme goes with which API version; the pairs are never mixed (wire facts: docs/adr/0002-signature-schemes.md). */
export type SigningScheme =
  /** ACS3-HMAC-SHA256, on `/2021-04-06/…`. `action` and `version` travel as signed headers. */
  | { readonly name: "acs3"; readonly action: string; readonly version: string }
  /** `FC` HMAC-SHA256, on `/2016-08-15/…`. */
  | { readonly name: "fc" };

/** What one walk (or one single call) may use beside the client's own settings. */
export interface CallScope {
  /** Ends waiting and sending at once; the reason is thrown untouched. */
  readonly signal?: AbortSignal | undefined;
  /** Taken before each attempt, retries included. */
  readonly limiter?: RateLimiter | undefined;
  /** Told before every wait, the limiter's included, with how long it takes, so that a lease can be renewed past it. */
  readonly beforeWait?: ((waitMs: number) => void | Promise<void>) | undefined;
  readonly observe?: ((event: CallEvent) => void) | undefined;
}

export interface SignedFetchOptions {
  readonly credentials: CredentialsProvider;
  readonly scheme: SigningScheme;
  /** Sends one attempt. Default: the platform's `fetch`. `createNodeFetch()` of `@fc-async/protocol/node` is faster on Node. */
  readonly fetch?: AttemptFetch | undefined;
  /** Default `webCryptoHash`. */
  readonly hash?: SignatureHash | undefined;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Uniform in [0, 1): jitter. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** A fresh nonce per attempt. Default: 32 hexadecimal digits of `crypto.getRandomValues`. */
  readonly nonce?: (() => string) | undefined;
  /** Resolves after `ms`, rejects with the signal's reason when it aborts first. */
  readonly sleep?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
  readonly retry?: Given<RetryPolicy> | undefined;
  /** Largest body of an answer, in bytes after decompression. Default 4 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** Longest time one attempt may take, in milliseconds. Default 30 s. */
  readonly attemptTimeoutMs?: number | undefined;
}

/** A `fetch` that signs, bounds and retries. It can stand wherever a `fetch` is taken, in openapi-fetch for one. */
export interface SignedFetch {
  (input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** The learned offset of the service's clock against ours, in milliseconds; 0 until a rejection taught otherwise. */
  readonly clockSkewMs: number;
  /**
   * A `fetch` with the same client state (clock offset, retry budget) for one walk: inside it the clock is corrected at
   * most once, and waits, attempts and limits go through `scope`.
   */
  startWalk(scope: CallScope): (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
}
