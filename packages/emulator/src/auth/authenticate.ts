import { verifyRequest, type SignatureHash, type Verdict, type VerifiedScheme } from "@fc-async/protocol/verify";
import type { Vocabulary } from "../errors/refusals.ts";
import { foreignAccount, nonceUsed, signatureRefused } from "../errors/refusals.ts";
import type { ReceivedMessage } from "../exchange/received-message.ts";
import type { HostPlace } from "../host/host-place.ts";
import type { ApiVersion } from "../operation/api-version.ts";
import type { Authentication } from "./authentication.ts";
import type { OwnedKey } from "./key-ring.ts";
import type { NonceMemory } from "./nonce-memory.ts";
import { verdictError } from "./verdict-error.ts";

/** What authentication needs to know and to remember. */
export interface Authenticator {
  readonly keys: ReadonlyMap<string, OwnedKey>;
  readonly nonces: NonceMemory;
  readonly hash: SignatureHash;
  readonly maxSkewMs: number;
}

/** Where a request arrived and when. */
export interface Arrival {
  readonly api: ApiVersion;
  readonly place: HostPlace;
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

/** Verifies a request from what was received: scheme, signature, clock, nonce, and that the key belongs to the account asked. */
export async function authenticate(
  message: ReceivedMessage,
  arrival: Arrival,
  by: Authenticator,
): Promise<Authentication> {
  const claimed = claimedScheme(message.headers.get("authorization"));
  if (claimed !== undefined && claimed !== SCHEME_OF[arrival.api]) return crossed(claimed, arrival);
  const verdict = await verify(message, arrival, by);
  if (!verdict.ok) {
    const { scheme, accessKeyId, problem, detail } = verdict;
    return { ok: false, scheme, accessKeyId, verdict: problem, detail, error: verdictError(verdict, message, arrival) };
  }
  const { scheme, accessKeyId, nonce, dateMs } = verdict;
  if (nonce !== undefined && !by.nonces.accept(accessKeyId, nonce, arrival.nowMs)) {
    const detail = "A request with this nonce was accepted before.";
    return { ok: false, scheme, accessKeyId, verdict: "nonce_reused", detail, error: nonceUsed() };
  }
  const accountId = by.keys.get(accessKeyId)?.accountId ?? "";
  const contradiction = accountContradiction(accountId, message, arrival.place);
  if (contradiction !== undefined) {
    const error = foreignAccount(contradiction);
    return { ok: false, scheme, accessKeyId, verdict: "foreign_account", detail: contradiction, error };
  }
  return { ok: true, scheme, accessKeyId, accountId, nonce, dateMs };
}

async function verify(message: ReceivedMessage, { nowMs }: Arrival, by: Authenticator): Promise<Verdict> {
  const { method, target, headers, body } = message;
  const bodySha256Hex = body === undefined || body.length === 0 ? undefined : await by.hash.sha256Hex(body);
  return verifyRequest(
    { method, target, headers, ...(bodySha256Hex === undefined ? {} : { bodySha256Hex }) },
    { findKey: (accessKeyId) => by.keys.get(accessKeyId)?.key, nowMs, maxSkewMs: by.maxSkewMs, hash: by.hash },
  );
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
