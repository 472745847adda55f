import { isRefusedHost } from "../endpoint/is-refused-host.ts";
import { webCryptoHash } from "../hash/web-crypto-hash.ts";
import { createRetryBudget } from "../retry/retry-budget.ts";
import { DEFAULT_RETRY_POLICY } from "../retry/retry-policy.ts";
import { sleep } from "../retry/sleep.ts";
import { withDefaults } from "../with-defaults.ts";
import { cappedFetch } from "./capped-fetch.ts";
import { randomNonce } from "./random-nonce.ts";
import type { AttemptFetch, SendBounded } from "./send-bounded.ts";
import { signedCall, type CallContext } from "./signed-call.ts";
import type { CallScope, SignedFetch, SignedFetchOptions } from "./signed-fetch-options.ts";
import { createUrlSplitter, isLoopback, type Origin } from "./split-url.ts";
import { wireRequest } from "./wire-request.ts";

const DEFAULT_MAX_BODY_BYTES = 4 * 1024 * 1024;
const DEFAULT_ATTEMPT_TIMEOUT_MS = 30_000;
/** Timers take a signed 32-bit number; a longer one would ring at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Makes a `fetch` of the service: retry(sign(bounded fetch)). Each attempt waits for the limiter, asks for credentials, is
 * signed with a fresh nonce and the corrected clock, and is read whole within its bounds. Retried: 429, 499, 5xx,
 * `*Throttling*`, network failures and timeouts, as `retry` allows.
 *
 * Calls reject with `TypeError` for http: outside of loopback, and for link-local and metadata addresses.
 *
 * An HTTP error is *returned*, with its body still to read (`apiErrorFrom` makes an error of it). Thrown are
 * `FcNetworkError`, `FcTimeoutError`, `FcLimitError`, `FcResponseError`, `FcCredentialsError`, and an abort's reason untouched.
 */
export function createSignedFetch(options: SignedFetchOptions): SignedFetch {
  const policy = withDefaults(DEFAULT_RETRY_POLICY, options.retry);
  const context: CallContext = {
    credentials: options.credentials,
    scheme: options.scheme,
    send: boundedSend(options.fetch),
    hash: options.hash ?? webCryptoHash,
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
    nonce: options.nonce ?? randomNonce,
    sleep: options.sleep ?? sleep,
    policy,
    budget: createRetryBudget(policy.budgetTokens),
    maxBodyBytes: options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
    attemptTimeoutMs: Math.min(options.attemptTimeoutMs ?? DEFAULT_ATTEMPT_TIMEOUT_MS, LONGEST_TIMER_MS),
    clock: { skewMs: 0 },
  };
  const split = createUrlSplitter();
  const admitted = new WeakSet<Origin>();

  /** Looked at once for each origin; the splitter keeps them. */
  function admit(origin: Origin): void {
    const { protocol, hostname } = origin;
    if (protocol === "http:" && !isLoopback(origin)) {
      throw new TypeError(
        `Requests are signed for https: only, and http: on loopback; ${hostname} would be asked in the clear.`,
      );
    }
    if (isRefusedHost(hostname.includes(":") ? `[${hostname}]` : hostname)) {
      throw new TypeError(`${hostname} is a link-local or metadata address, to which nothing is sent.`);
    }
    admitted.add(origin);
  }

  function startWalk(scope: CallScope): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
    const walk = { scope, clockCorrected: false };
    return async (input, init) => {
      const request = await wireRequest(input, init, split);
      if (!admitted.has(request.origin)) admit(request.origin);
      return signedCall(request, context, walk);
    };
  }

  const singleCall = (input: string | URL | Request, init?: RequestInit): Promise<Response> =>
    startWalk({})(input, init);
  const fetch = Object.assign(singleCall, { startWalk, clockSkewMs: 0 });
  return Object.defineProperty(fetch, "clockSkewMs", { get: () => context.clock.skewMs });
}

function boundedSend(fetch: AttemptFetch | undefined): SendBounded {
  // Looked up per call: a test or a polyfill may replace the global one later.
  if (fetch === undefined) return cappedFetch((input, init) => globalThis.fetch(input, init));
  return fetch.sendBounded ?? cappedFetch(fetch);
}
