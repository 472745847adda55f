import {
  diagnoseSignature,
  verifyRequest,
  type ReceivedRequest,
  type SignatureDiagnosis,
  type SignatureHash,
  type Verdict,
  type VerifiedScheme,
} from "@fc-async/protocol/verify";
import type { AccessKey } from "../account.ts";
import type { Vocabulary } from "../errors/refusals.ts";
import {
  expiredKey,
  foreignAccount,
  inactiveKey,
  nonceUsed,
  notAuthorized,
  signatureRefused,
} from "../errors/refusals.ts";
import type { WireError } from "../errors/wire-error.ts";
import type { ReceivedMessage } from "../exchange/received-message.ts";
import type { HostPlace } from "../host/host-place.ts";
import type { ApiVersion } from "../operation/api-version.ts";
import { isAllowed, LIST_ACTION, LIST_RESOURCE } from "../ram/is-allowed.ts";
import type { Authentication, AuthenticationVerdict } from "./authentication.ts";
import type { OwnedKey } from "./key-ring.ts";
import type { NonceMemory } from "./nonce-memory.ts";
import { verdictError } from "./verdict-error.ts";

/** What authentication needs to know and to remember. */
export interface Authenticator {
  readonly keys: ReadonlyMap<string, OwnedKey>;
  readonly nonces: NonceMemory;
  readonly hash: SignatureHash;
  readonly maxSkewMs: number;
  /** When the emulator was made or reset, which the time of a key runs from. */
  readonly startedAtMs: () => number;
}

/** Where a request arrived and when. */
export interface Arrival {
  readonly api: ApiVersion;
  readonly place: HostPlace;
  /** What its `Authorization` claims. */
  readonly scheme: VerifiedScheme | undefined;
  readonly words: Vocabulary;
  readonly nowMs: number;
}

/** Each version of the API has one scheme; the vendor's SDKs never cross them. */
export const SCHEME_OF: Readonly<Record<ApiVersion, VerifiedScheme>> = { "2021-04-06": "acs3", "2016-08-15": "fc" };

const SCHEME_NAME: Readonly<Record<VerifiedScheme, string>> = { acs3: "ACS3-HMAC-SHA256", fc: "FC" };

/** The scheme an `Authorization` header claims, before anything is verified. */
export function claimedScheme(authorization: string | undefined): VerifiedScheme | undefined {
  if (authorization === undefined) return undefined;
  if (/^ACS3-HMAC-SHA256\s/i.test(authorization)) return "acs3";
  return /^FC\s/i.test(authorization) ? "fc" : undefined;
}

/**
 * Verifies a request from what was received: scheme, signature, clock, nonce, that the key is good and belongs to the account
 * asked, and that its holder may make the call.
 */
export async function authenticate(
  message: ReceivedMessage,
  arrival: Arrival,
  by: Authenticator,
): Promise<Authentication> {
  if (arrival.scheme !== undefined && arrival.scheme !== SCHEME_OF[arrival.api])
    return crossed(arrival.scheme, arrival);
  const { method, target, headers, body } = message;
  const bodySha256Hex = body === undefined || body.length === 0 ? undefined : await by.hash.sha256Hex(body);
  const request: ReceivedRequest = { method, target, headers, bodySha256Hex };
  const findKey = (accessKeyId: string): AccessKey | undefined => by.keys.get(accessKeyId)?.key;
  const { hash, maxSkewMs } = by;
  const verdict = await verifyRequest(request, { findKey, nowMs: arrival.nowMs, maxSkewMs, hash });
  if (!verdict.ok) {
    const { scheme, accessKeyId, problem, detail } = verdict;
    const diagnosis = problem === "signature_mismatch" ? await diagnose(request, accessKeyId, by) : undefined;
    const error = verdictError(verdict, message, arrival);
    return { ok: false, scheme, accessKeyId, verdict: problem, detail, diagnosis, error };
  }
  const { scheme, nonce, dateMs } = verdict;
  // The ring's own text: the received one is a slice that keeps its whole header in memory as long as the log does.
  const { accountId = "", key: { accessKeyId = verdict.accessKeyId } = {} } = by.keys.get(verdict.accessKeyId) ?? {};
  const objection = objectionTo(verdict, accountId, message, arrival, by);
  return objection === undefined
    ? { ok: true, scheme, accessKeyId, accountId, nonce, dateMs }
    : { ok: false, scheme, accessKeyId, ...objection };
}

interface Objection {
  readonly verdict: Exclude<AuthenticationVerdict, "ok">;
  readonly detail: string;
  readonly error: WireError;
}

/** What there is against a request whose signature is right. */
function objectionTo(
  { accessKeyId, nonce }: Extract<Verdict, { readonly ok: true }>,
  accountId: string,
  message: ReceivedMessage,
  { nowMs, place }: Arrival,
  by: Authenticator,
): Objection | undefined {
  const key = by.keys.get(accessKeyId)?.key;
  if (key?.status === "Inactive") {
    return { verdict: "inactive_key", detail: "The key is Inactive.", error: inactiveKey() };
  }
  if (nowMs - by.startedAtMs() > (key?.validForMs ?? Infinity)) {
    const detail = `The key was good for ${key?.validForMs} ms after the start of the emulator.`;
    return { verdict: "expired_key", detail, error: expiredKey() };
  }
  if (nonce !== undefined && !by.nonces.accept(accessKeyId, nonce, nowMs)) {
    const detail = "A request with this nonce was accepted before.";
    return { verdict: "nonce_reused", detail, error: nonceUsed() };
  }
  const contradiction = accountContradiction(accountId, message, place);
  if (contradiction !== undefined) {
    return { verdict: "foreign_account", detail: contradiction, error: foreignAccount(contradiction) };
  }
  if (key?.policy !== undefined && !isAllowed(key.policy)) {
    const detail = `The policy of the key does not allow ${LIST_ACTION} on Resource ${LIST_RESOURCE}, or denies it.`;
    return { verdict: "not_authorized", detail, error: notAuthorized(LIST_ACTION, LIST_RESOURCE) };
  }
  return undefined;
}

async function diagnose(
  request: ReceivedRequest,
  accessKeyId: string | undefined,
  by: Authenticator,
): Promise<SignatureDiagnosis | undefined> {
  const key = by.keys.get(accessKeyId ?? "")?.key;
  return key === undefined ? undefined : diagnoseSignature(request, key, by.hash);
}

function crossed(claimed: VerifiedScheme, { api, words }: Arrival): Authentication {
  const detail = `The ${api} API takes the ${SCHEME_NAME[SCHEME_OF[api]]} signature, not ${SCHEME_NAME[claimed]}.`;
  const error = signatureRefused(words, detail);
  return { ok: false, scheme: claimed, accessKeyId: undefined, verdict: "crossed_scheme", detail, error };
}

function accountContradiction(owner: string, message: ReceivedMessage, place: HostPlace): string | undefined {
  if (place.style === "direct" && place.account !== owner) {
    return `The host names account ${place.account}, the key belongs to another account.`;
  }
  const declared = message.headers.get("x-fc-account-id");
  if (declared !== undefined && declared !== owner) {
    return `X-Fc-Account-Id names account ${declared}, the key belongs to another account.`;
  }
  return undefined;
}
