import {
  canonicalQuery,
  signAcs3,
  signFc,
  type Credentials,
  type HeaderPair,
  type QueryPair,
  type SignatureHash,
} from "@fc-async/protocol";

const OPERATION = "ListStatefulAsyncInvocationFunctions";
const MINUTE_MS = 60_000;

export type ApiVersion = "2021-04-06" | "2016-08-15";

/** An API version and the signature it is asked with. */
export interface Pairing {
  readonly api: ApiVersion;
  readonly scheme: "acs3" | "fc";
}

export const ACS3_ON_2021: Pairing = { api: "2021-04-06", scheme: "acs3" };
export const FC_ON_2016: Pairing = { api: "2016-08-15", scheme: "fc" };

/** One request, right or wrong on purpose. */
export interface ProbeRequest {
  readonly pairing: Pairing;
  readonly query?: readonly QueryPair[] | undefined;
  /** How far the signed date is off, in milliseconds. Default 0. */
  readonly shiftMs?: number | undefined;
  /** `unknown`: an id that no account has. `none`: no `Authorization`. Default `own`. */
  readonly key?: "own" | "unknown" | "none" | undefined;
  /** One character of the signature is another. */
  readonly wrongSignature?: boolean | undefined;
  /** `X-Fc-Account-Id`. Default: the account's. */
  readonly declaredAccount?: string | undefined;
  /** Asks the gateway of the region instead of the account's own host. */
  readonly gateway?: boolean | undefined;
}

/** What a request is signed with. */
export interface Signer {
  readonly credentials: Credentials;
  readonly accountId: string;
  readonly origin: string;
  readonly hash: SignatureHash;
  /** The service's clock as well as it is known, in milliseconds since the epoch. */
  readonly dateMs: number;
  readonly nonce: string;
}

/** A request ready to go. */
export interface SignedRequest {
  readonly url: string;
  readonly headers: readonly HeaderPair[];
}

/** A key that was never given out; it shows what becomes of an unknown one. */
const UNKNOWN_KEY: Credentials = {
  accessKeyId: "LTAI5tFcAsyncVerifyNoKey",
  accessKeySecret: "FcAsyncVerifyNoSecret000000000",
};

export async function signProbe(request: ProbeRequest, signer: Signer): Promise<SignedRequest> {
  const { pairing, key = "own", shiftMs = 0 } = request;
  const path = pathOf(pairing.api);
  const query = canonicalQuery(request.query ?? []);
  const headers: HeaderPair[] = [
    ["accept", "application/json"],
    ["x-fc-account-id", request.declaredAccount ?? signer.accountId],
  ];
  const toSign = { method: "GET", host: new URL(signer.origin).host, path, query, headers };
  const moment = {
    credentials: key === "unknown" ? UNKNOWN_KEY : signer.credentials,
    hash: signer.hash,
    dateMs: signer.dateMs + shiftMs,
  };
  const signed =
    pairing.scheme === "acs3"
      ? await signAcs3(toSign, { ...moment, action: OPERATION, version: pairing.api, nonce: signer.nonce })
      : await signFc(toSign, moment);
  return {
    url: `${signer.origin}${path}${query === "" ? "" : `?${query}`}`,
    headers: signed
      .filter(([name]) => name !== "host" && (key !== "none" || name !== "authorization"))
      .map(([name, value]) => [
        name,
        name === "authorization" && request.wrongSignature ? otherSignature(value) : value,
      ]),
  };
}

/** The request in words: nothing in them is the account's. */
export function describeProbe(request: ProbeRequest): string {
  const { pairing, query = [], shiftMs = 0, key = "own", declaredAccount } = request;
  const shown = query.map(([name, value]) => `${name}=${value}`).join("&");
  const target = `${pathOf(pairing.api)}${shown === "" ? "" : `?${shown}`}`;
  const details = [
    key === "none" ? "without Authorization" : `signed with ${pairing.scheme === "acs3" ? "ACS3" : "FC"}`,
    key === "unknown" ? "with a key that nobody has" : undefined,
    request.wrongSignature === true ? "one character of the signature changed" : undefined,
    shiftMs === 0 ? undefined : `dated ${Math.abs(shiftMs) / MINUTE_MS} minutes ${shiftMs < 0 ? "back" : "ahead"}`,
    declaredAccount === undefined ? undefined : `X-Fc-Account-Id: ${declaredAccount}`,
    request.gateway === true ? "to the gateway of the region" : undefined,
  ];
  return `GET ${target}, ${details.filter((detail) => detail !== undefined).join(", ")}`;
}

function pathOf(api: ApiVersion): string {
  return `/${api}/stateful-async-invocation-functions`;
}

/** The signature stands at the end, in hexadecimal or base64. */
function otherSignature(authorization: string): string {
  return authorization.replace(/([=:])([^=:]+={0,2})$/u, (_, before: string, signature: string) => {
    const first = signature.startsWith("0") ? "1" : "0";
    return `${before}${first}${signature.slice(1)}`;
  });
}
