import {
  canonicalQuery,
  fcAuthorization,
  fcCanonicalResource,
  fcSignature,
  fcStringToSign,
  formatRfc1123,
  type Credentials,
  type FcStringToSignParts,
  type HeaderPair,
  type MaybePromise,
  type QueryPair,
  type SignatureHash,
} from "@fc-async/protocol";
import { nodeHash } from "@fc-async/protocol/node";
import type { SentRequest } from "./exchange.ts";

const PATH = "/2016-08-15/stateful-async-invocation-functions";

/** What one signed GET of the operation is made from. */
export interface FcCall {
  readonly host: string;
  readonly query: readonly QueryPair[];
  readonly headers: readonly HeaderPair[];
  readonly credentials: Credentials;
  readonly dateMs: number;
}

/** The stages of the `FC` scheme, each to be replaced by a mutant of itself. */
export interface FcStages {
  /** All headers but `authorization`, before anything is signed. */
  headers(headers: readonly HeaderPair[]): readonly HeaderPair[];
  canonicalResource(path: string, query: string): string;
  stringToSign(parts: FcStringToSignParts): string;
  signature(stringToSign: string, accessKeySecret: string, hash: SignatureHash): MaybePromise<string>;
  authorization(accessKeyId: string, signature: string): string;
  /** The last word, when all is signed. */
  sent(request: SentRequest): SentRequest;
}

/** The stages as `@fc-async/protocol` has them. */
export const FC_STAGES: FcStages = {
  headers: (headers) => headers,
  canonicalResource: fcCanonicalResource,
  stringToSign: fcStringToSign,
  signature: fcSignature,
  authorization: fcAuthorization,
  sent: (request) => request,
};

/** Goes through the stages. */
export async function fcRequest(call: FcCall, stages: FcStages): Promise<SentRequest> {
  const { accessKeyId, accessKeySecret, securityToken } = call.credentials;
  const date = formatRfc1123(call.dateMs);
  const headers = stages.headers([
    ["host", call.host],
    ["date", date],
    ["x-fc-date", date],
    ...(securityToken === undefined ? [] : [["x-fc-security-token", securityToken] as const]),
    ...call.headers,
  ]);
  const query = canonicalQuery(call.query);
  const resource = stages.canonicalResource(PATH, query);
  const stringToSign = stages.stringToSign({ method: "GET", headers, resource });
  const signature = await stages.signature(stringToSign, accessKeySecret, nodeHash);
  const authorization = stages.authorization(accessKeyId, signature);
  return stages.sent({ target: `${PATH}?${query}`, headers: [...headers, ["authorization", authorization]] });
}
