import { clockSkewFrom } from "../clock/clock-skew.ts";
import { checkedCredentials } from "../checked-credentials.ts";
import type { Credentials, CredentialsProvider } from "../credentials.ts";
import { FcCredentialsError } from "../errors/fc-credentials-error.ts";
import { isFcError } from "../errors/fc-error.ts";
import type { FailureReason } from "../failure-reason.ts";
import type { MaybePromise, SignatureHash } from "../hash/signature-hash.ts";
import { backoffDelayMs } from "../retry/backoff-delay-ms.ts";
import type { RateLimiter } from "../retry/rate-limiter.ts";
import { retryAfterMs } from "../retry/retry-after.ts";
import type { RetryBudget } from "../retry/retry-budget.ts";
import type { RetryPolicy } from "../retry/retry-policy.ts";
import { sameCredentials } from "../same-credentials.ts";
import { signAcs3 } from "../signing/acs3/sign.ts";
import { signFc } from "../signing/fc/sign.ts";
import type { HeaderPair, RequestToSign } from "../signing/request-to-sign.ts";
import { abortable, eitherSignal } from "./abortable.ts";
import { mayRetry, outcomeOf, reasonOf, type AttemptOutcome } from "./attempt-outcome.ts";
import type { LightResponse } from "./light-response.ts";
import type { SendBounded } from "./send-bounded.ts";
import type { CallScope, SigningScheme } from "./signed-fetch-options.ts";
import type { WireRequest } from "./wire-request.ts";

/** What all calls of one client share. */
export interface CallContext {
  readonly credentials: CredentialsProvider;
  readonly scheme: SigningScheme;
  readonly send: SendBounded;
  readonly hash: SignatureHash;
  readonly now: () => number;
  readonly random: () => number;
  readonly nonce: () => string;
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly policy: RetryPolicy;
  readonly budget: RetryBudget;
  readonly maxBodyBytes: number;
  readonly attemptTimeoutMs: number;
  /** The service's clock minus ours, as learned so far. */
  readonly clock: { skewMs: number };
}

/** What all calls of one walk share. */
export interface WalkState {
  readonly scope: CallScope;
  clockCorrected: boolean;
}

/** One call: attempts until one succeeds, is refused for good, or may not be followed by another. */
export async function signedCall(request: WireRequest, context: CallContext, walk: WalkState): Promise<LightResponse> {
  const { scope } = walk;
  const signal = eitherSignal(scope.signal, request.signal);
  const { policy, now } = context;
  let retries = 0;
  let keysRefreshed = false;
  let renewed: Credentials | undefined;

  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    if (scope.limiter !== undefined) await waitForTurn(scope.limiter, scope, signal);
    const credentials = renewed ?? (await resolveCredentials(context, signal));
    renewed = undefined;
    const sentAtMs = now();
    const outcome = await sendAttempt(request, credentials, context, signal);
    const receivedAtMs = now();
    observeAttempt(outcome, request, scope, Math.max(0, receivedAtMs - sentAtMs));
    if (outcome.type === "success") {
      if (attempt === 1) context.budget.refund();
      return outcome.response;
    }

    const again = (reason: FailureReason): void =>
      scope.observe?.({ type: "retry", attempt: attempt + 1, delayMs: 0, reason });
    if (outcome.type === "refusal") {
      if (outcome.meaning.clockSkew) {
        const skewMs = walk.clockCorrected ? undefined : learnSkew(outcome.response, sentAtMs, receivedAtMs);
        if (skewMs === undefined) return outcome.response;
        walk.clockCorrected = true;
        context.clock.skewMs = skewMs;
        scope.observe?.({ type: "clock_skew", skewMs });
        again("auth");
        continue;
      }
      if (outcome.meaning.reason === "auth") {
        if (keysRefreshed) return outcome.response;
        keysRefreshed = true;
        renewed = await resolveCredentials(context, signal, credentials);
        if (sameCredentials(renewed, credentials)) return outcome.response;
        again("auth");
        continue;
      }
    }

    const throttled = outcome.type === "refusal" && outcome.meaning.reason === "throttled";
    if (throttled) scope.limiter?.throttled();
    const askedMs =
      outcome.type === "refusal"
        ? retryAfterMs(outcome.response.headers, receivedAtMs + context.clock.skewMs)
        : undefined;
    const timedOut = outcome.type === "failure" && outcome.error.reason === "timeout";
    const goesOn =
      mayRetry(outcome, request.method) &&
      retries + 1 < policy.maxAttempts &&
      (askedMs ?? 0) <= policy.maxRetryAfterMs &&
      context.budget.spend(timedOut);
    if (!goesOn) {
      if (outcome.type === "failure") throw outcome.error;
      return outcome.response;
    }

    const delayMs = backoffDelayMs({ retryIndex: retries, throttled, retryAfterMs: askedMs }, policy, context.random);
    retries++;
    scope.observe?.({ type: "retry", attempt: attempt + 1, delayMs, reason: failureOf(outcome) });
    await abortable(Promise.resolve(scope.beforeWait?.(delayMs)), signal);
    await context.sleep(delayMs, signal);
  }
}

async function waitForTurn(limiter: RateLimiter, scope: CallScope, signal: AbortSignal | undefined): Promise<void> {
  const waitMs = await limiter.take(signal, scope.beforeWait);
  if (waitMs > 0) scope.observe?.({ type: "rate_limit_wait", waitMs });
}

async function resolveCredentials(
  context: CallContext,
  signal: AbortSignal | undefined,
  refused?: Credentials,
): Promise<Credentials> {
  try {
    const credentials = context.credentials(refused);
    return checkedCredentials(credentials instanceof Promise ? await abortable(credentials, signal) : credentials);
  } catch (cause) {
    if (signal?.aborted === true) throw signal.reason;
    if (cause instanceof FcCredentialsError) throw cause;
    const said = cause instanceof Error ? `: ${cause.message}` : "";
    throw new FcCredentialsError(
      `The credentials provider failed${said}. Check its configuration; nothing was sent to the service.`,
      { cause },
    );
  }
}

async function sendAttempt(
  request: WireRequest,
  credentials: Credentials,
  context: CallContext,
  signal: AbortSignal | undefined,
): Promise<AttemptOutcome> {
  const { method, origin, body } = request;
  const target = request.query === "" ? request.path : `${request.path}?${request.query}`;
  const signing = signAttempt(request, credentials, context);
  const headers = signing instanceof Promise ? await signing : signing;
  try {
    const response = await context.send(
      { method, origin, target, headers, body, signal },
      {
        maxBodyBytes: context.maxBodyBytes,
        timeoutMs: context.attemptTimeoutMs,
      },
    );
    return outcomeOf(response);
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    if (isFcError(error)) return { type: "failure", error };
    throw error;
  }
}

async function signWithBody(
  request: WireRequest & { readonly body: Uint8Array<ArrayBuffer> },
  credentials: Credentials,
  context: CallContext,
): Promise<HeaderPair[]> {
  return sign({ ...toSign(request), bodySha256Hex: await context.hash.sha256Hex(request.body) }, credentials, context);
}

function signAttempt(request: WireRequest, credentials: Credentials, context: CallContext): MaybePromise<HeaderPair[]> {
  const { body } = request;
  return body === undefined
    ? sign(toSign(request), credentials, context)
    : signWithBody({ ...request, body }, credentials, context);
}

function toSign(request: WireRequest): RequestToSign {
  const { method, origin, path, query, headers } = request;
  return { method, host: origin.host, path, query, headers };
}

function sign(request: RequestToSign, credentials: Credentials, context: CallContext): MaybePromise<HeaderPair[]> {
  const { scheme, hash } = context;
  const dateMs = context.now() + context.clock.skewMs;
  if (scheme.name === "fc") return signFc(request, { credentials, hash, dateMs });
  const { action, version } = scheme;
  return signAcs3(request, { credentials, hash, dateMs, action, version, nonce: context.nonce() });
}

function observeAttempt(outcome: AttemptOutcome, request: WireRequest, scope: CallScope, durationMs: number): void {
  if (scope.observe === undefined) return;
  const response = outcome.type === "failure" ? undefined : outcome.response;
  scope.observe({
    type: "attempt",
    durationMs,
    outcome: reasonOf(outcome),
    status: response?.status,
    requestId: response?.headers.get("x-fc-request-id") ?? undefined,
    traceId: request.traceId,
  });
}

/** Requests go over https or loopback only, so nobody between us and the service can have written `Date`. */
function learnSkew(response: LightResponse, sentAtMs: number, receivedAtMs: number): number | undefined {
  return clockSkewFrom({
    date: response.headers.get("date"),
    age: response.headers.get("age"),
    sentAtMs,
    receivedAtMs,
  });
}

function failureOf(outcome: Exclude<AttemptOutcome, { type: "success" }>): FailureReason {
  return outcome.type === "refusal" ? outcome.meaning.reason : outcome.error.reason;
}
