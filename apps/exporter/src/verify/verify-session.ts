import {
  clockSkewFrom,
  createRateLimiter,
  FcCredentialsError,
  type AttemptFetch,
  type CredentialsProvider,
  type SignatureHash,
} from "@fc-async/protocol";
import type { AnswerHead, ConnectionDetails } from "./connection-findings.ts";
import type { Masker } from "./mask.ts";
import { failureOf, outcomeOf, type Outcome } from "./outcome.ts";
import { signProbe, type ProbeRequest, type SignedRequest } from "./probe-request.ts";

/** Requests of one run, however it goes. */
export const MAX_REQUESTS = 25;
/** Slower than the exporter: nobody waits for a verdict, and the quota belongs to others, too. */
const MAX_REQUESTS_PER_SECOND = 2;
const THROTTLED_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 30_000;

/** What asking needs of its surroundings. */
export interface SessionPlatform {
  readonly fetch: AttemptFetch;
  /** What is known of the connection of the last answer; a `fetch` in memory has none. */
  readonly connection?: (() => ConnectionDetails | undefined) | undefined;
  readonly hash: SignatureHash;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly nonce: () => string;
}

export interface SessionOptions extends SessionPlatform {
  readonly accountId: string;
  /** Of the account's own host, and of the region's gateway when there is one. */
  readonly origin: string;
  readonly gatewayOrigin: string | undefined;
  readonly credentials: CredentialsProvider;
  readonly requestsPerSecond: number;
  readonly masker: Masker;
}

/** What a request came to. */
export interface Reply {
  readonly outcome: Outcome;
  /** `undefined` when there was no answer. */
  readonly head: AnswerHead | undefined;
}

/** Asks one question after another, slowly, and no more than it may. */
export interface VerifySession {
  readonly requests: number;
  /** Answers that asked for fewer requests: the first of them, and how many requests there had been. */
  readonly throttling: { readonly outcome: Outcome; readonly afterRequests: number } | undefined;
  /** A second throttled answer in a row: nothing is asked any more. */
  readonly gaveUp: boolean;
  ask(request: ProbeRequest): Promise<Reply>;
  /** The last request that was answered with a page, as it was. */
  askAgain(): Promise<Reply>;
  /** Takes the service's clock for the right one from here on. */
  learnClock(head: AnswerHead): void;
}

export function createVerifySession(options: SessionOptions): VerifySession {
  const { now, sleep, fetch, masker } = options;
  const requestsPerSecond = Math.min(options.requestsPerSecond, MAX_REQUESTS_PER_SECOND);
  const limiter = createRateLimiter({ requestsPerSecond, now, sleep });
  let requests = 0;
  let skewMs = 0;
  let throttling: VerifySession["throttling"];
  let gaveUp = false;
  let answered: SignedRequest | undefined;

  async function signed(request: ProbeRequest): Promise<SignedRequest> {
    const credentials = await options.credentials();
    masker.addKeys(credentials);
    return signProbe(request, {
      credentials,
      accountId: options.accountId,
      origin: request.gateway === true ? (options.gatewayOrigin ?? options.origin) : options.origin,
      hash: options.hash,
      dateMs: now() + skewMs,
      nonce: options.nonce(),
    });
  }

  async function send(request: SignedRequest): Promise<Reply & { readonly waitMs: number }> {
    await limiter.take(undefined);
    requests += 1;
    const sentAtMs = now();
    try {
      const response = await fetch(request.url, { headers: request.headers.map(([name, value]) => [name, value]) });
      const text = await response.text();
      const headers = [...response.headers];
      const head = { headers, connection: options.connection?.(), sentAtMs, receivedAtMs: now() };
      const asked = Number(response.headers.get("retry-after") ?? Number.NaN) * 1000;
      return { outcome: outcomeOf(response.status, text), head, waitMs: asked > 0 ? asked : THROTTLED_PAUSE_MS };
    } catch (error) {
      return { outcome: failureOf(error), head: undefined, waitMs: 0 };
    }
  }

  /** A throttled answer is asked once more, and only once. */
  async function sendPatiently(sign: () => Promise<SignedRequest>): Promise<Reply> {
    const request = await sign();
    const reply = await send(request);
    if (!isThrottled(reply.outcome)) return remembered(request, reply);
    throttling ??= { outcome: reply.outcome, afterRequests: requests };
    limiter.throttled();
    if (requests >= MAX_REQUESTS || reply.waitMs > LONGEST_PAUSE_MS) {
      gaveUp = true;
      return reply;
    }
    await sleep(reply.waitMs, undefined);
    const secondRequest = await sign();
    const second = await send(secondRequest);
    gaveUp = isThrottled(second.outcome);
    return remembered(secondRequest, second);
  }

  function remembered(request: SignedRequest, reply: Reply): Reply {
    if (reply.outcome.type === "page") answered = request;
    return reply;
  }

  return {
    get requests() {
      return requests;
    },
    get throttling() {
      return throttling;
    },
    get gaveUp() {
      return gaveUp;
    },
    async ask(request) {
      try {
        return await sendPatiently(() => signed(request));
      } catch (error) {
        // Keys that cannot be had are an outcome; anything else is a fault of this program.
        if (error instanceof FcCredentialsError) return { outcome: failureOf(error), head: undefined };
        throw error;
      }
    },
    async askAgain() {
      const request = answered;
      if (request === undefined) throw new Error("nothing was answered yet");
      return sendPatiently(async () => request);
    },
    learnClock({ headers, sentAtMs, receivedAtMs }) {
      const found = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
      const sample = { date: found.get("date") ?? null, age: found.get("age") ?? null, sentAtMs, receivedAtMs };
      skewMs = clockSkewFrom(sample) ?? skewMs;
    },
  };
}

function isThrottled(outcome: Outcome): boolean {
  return outcome.type === "refused" && outcome.reason === "throttled";
}
