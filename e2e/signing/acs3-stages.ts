import {
  acs3Authorization,
  acs3CanonicalRequest,
  acs3HeaderNames,
  acs3Signature,
  acs3SignedHeaders,
  acs3StringToSign,
  canonicalQuery,
  formatIso8601Seconds,
  formatRfc1123,
  type CanonicalRequestParts,
  type Credentials,
  type HeaderPair,
  type MaybePromise,
  type QueryPair,
  type SignatureHash,
} from "@fc-async/protocol";
import { nodeHash } from "@fc-async/protocol/node";
import type { SentRequest } from "./exchange.ts";

const PATH = "/2021-04-06/stateful-async-invocation-functions";
const EMPTY_SHA256_HEX = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** What one signed GET of the operation is made from. */
export interface Acs3Call {
  readonly host: string;
  readonly query: readonly QueryPair[];
  readonly headers: readonly HeaderPair[];
  readonly credentials: Credentials;
  readonly dateMs: number;
  readonly nonce: string;
}

/** The stages of ACS3-HMAC-SHA256, each to be replaced by a mutant of itself. */
export interface Acs3Stages {
  /** All headers but `authorization`, before anything is signed. */
  headers(headers: readonly HeaderPair[]): readonly HeaderPair[];
  canonicalQuery(query: readonly QueryPair[]): string;
  signedHeaders(headers: readonly HeaderPair[]): HeaderPair[];
  canonicalRequest(parts: CanonicalRequestParts): string;
  stringToSign(canonicalRequest: string, hash: SignatureHash): MaybePromise<string>;
  signature(stringToSign: string, accessKeySecret: string, hash: SignatureHash): MaybePromise<string>;
  authorization(accessKeyId: string, headerNames: string, signature: string): string;
  /** The last word, when all is signed. */
  sent(request: SentRequest): SentRequest;
}

/** The stages as `@fc-async/protocol` has them. */
export const ACS3_STAGES: Acs3Stages = {
  headers: (headers) => headers,
  canonicalQuery,
  signedHeaders: acs3SignedHeaders,
  canonicalRequest: acs3CanonicalRequest,
  stringToSign: acs3StringToSign,
  signature: acs3Signature,
  authorization: acs3Authorization,
  sent: (request) => request,
};

/** Goes through the stages. The query on the wire is always the right one, in the order of the call. */
export async function acs3Request(call: Acs3Call, stages: Acs3Stages): Promise<SentRequest> {
  const { accessKeyId, accessKeySecret, securityToken } = call.credentials;
  const headers = stages.headers([
    ["host", call.host],
    ["x-acs-version", "2021-04-06"],
    ["x-acs-action", "ListStatefulAsyncInvocationFunctions"],
    ["x-acs-date", formatIso8601Seconds(call.dateMs)],
    ["x-acs-signature-nonce", call.nonce],
    ["x-acs-content-sha256", EMPTY_SHA256_HEX],
    ["x-fc-date", formatRfc1123(call.dateMs)],
    ...(securityToken === undefined ? [] : temporaryKeyHeaders(accessKeyId, securityToken)),
    ...call.headers,
  ]);
  const query = stages.canonicalQuery(call.query);
  const signedHeaders = stages.signedHeaders(headers);
  const bodySha256Hex = headers.find(([name]) => name === "x-acs-content-sha256")?.[1] ?? EMPTY_SHA256_HEX;
  const parts = { method: "GET", path: PATH, query, signedHeaders, bodySha256Hex };
  const stringToSign = await stages.stringToSign(stages.canonicalRequest(parts), nodeHash);
  const signature = await stages.signature(stringToSign, accessKeySecret, nodeHash);
  const authorization = stages.authorization(accessKeyId, acs3HeaderNames(signedHeaders), signature);
  const wireQuery = call.query.map((pair) => canonicalQuery([pair])).join("&");
  return stages.sent({ target: `${PATH}?${wireQuery}`, headers: [...headers, ["authorization", authorization]] });
}

function temporaryKeyHeaders(accessKeyId: string, securityToken: string): readonly HeaderPair[] {
  return [
    ["x-acs-accesskey-id", accessKeyId],
    ["x-acs-security-token", securityToken],
  ];
}
