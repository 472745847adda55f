import {
  acs3SignedHeaders,
  acs3Signature,
  acs3StringToSign,
  endpointFor,
  percentEncode,
  webCryptoHash,
  type Credentials,
  type HeaderPair,
  type SignatureHash,
} from "@fc-async/protocol";
import { OPERATION } from "../generated/operation.ts";
import type { ExplorerRequest } from "../request/explorer-request.ts";
import { fixed, separated, textOf } from "./parts.ts";
import { requestHeaders, type HeaderParts, type SigningInstant } from "./request-headers.ts";
import type { Line, Part, SigningStages } from "./signing-stages.ts";

const METHOD = "GET";

/**
 * Signs a request with ACS3-HMAC-SHA256, keeping every stage with where each piece of it came from. The texts are those of
 * @fc-async/protocol; `finalRequest` is what to send, and the stages are what it was made of.
 *
 * @param hash - default WebCrypto, so that the secret stays in the page
 * @throws {TypeError} for a request that `readRequest` would not have let through.
 * @see vendor page "V3 request structure and signature"
 */
export async function signingStages(
  request: ExplorerRequest,
  credentials: Credentials,
  instant: SigningInstant,
  hash: SignatureHash = webCryptoHash,
): Promise<SigningStages> {
  const origin = endpointFor({ ...request, template: request.endpoint });
  const { host } = new URL(origin);
  const bodySha256Hex = await hash.sha256Hex("");
  const headers = requestHeaders(request, credentials, instant, { host, bodySha256Hex });
  const query = queryParts(request);
  const signed = signedHeaders(headers);

  const canonicalRequest: readonly Line[] = [
    [fixed(METHOD, "method")],
    [fixed(OPERATION.path, "path")],
    query,
    ...signed.map(({ name, value }) => [name, fixed(":", "separator"), ...value]),
    [],
    headerNames(signed),
    [fixed(bodySha256Hex, "SHA-256 of the empty body")],
  ];
  const stringToSign = await acs3StringToSign(textOf(canonicalRequest), hash);
  const [algorithm = "", digest = ""] = stringToSign.split("\n");
  const signature = await acs3Signature(stringToSign, credentials.accessKeySecret, hash);

  const target: Line = query.length === 0 ? [] : [fixed("?", "begin of the query"), ...query];
  const authorization: HeaderParts = {
    name: fixed("authorization", "name of the header"),
    value: [
      fixed(`${algorithm} Credential=`, "algorithm"),
      { text: credentials.accessKeyId, origin: "accessKeyId", label: "AccessKey id" },
      fixed(",SignedHeaders=", "separator"),
      ...headerNames(signed),
      fixed(",Signature=", "separator"),
      { text: signature, origin: "signature", label: "signature" },
    ],
  };
  const all = [...headers, authorization];
  return {
    canonicalRequest,
    stringToSign: [
      [fixed(algorithm, "algorithm")],
      [{ text: digest, origin: "canonicalRequest", label: "SHA-256 of the canonical request" }],
    ],
    signature,
    finalLines: [
      [
        fixed(METHOD, "method"),
        fixed(" ", "separator"),
        fixed(OPERATION.path, "path"),
        ...target,
        fixed(" HTTP/1.1", "protocol"),
      ],
      ...all.map(({ name, value }) => [name, fixed(": ", "separator"), ...value]),
    ],
    finalRequest: {
      method: METHOD,
      url: `${origin}${OPERATION.path}${textOf([target])}`,
      headers: all.map(pairOf).filter(([name]) => name !== "host"),
    },
  };
}

/** The query in canonical form; `limit` stands before `nextToken` there, too. */
function queryParts({ limit, nextToken }: ExplorerRequest): readonly Part[] {
  const parameters: (readonly Part[])[] = [];
  if (limit !== undefined) {
    parameters.push([
      { text: "limit=", origin: "limit", label: "name of the parameter" },
      { text: limit.toString(), origin: "limit", label: "limit" },
    ]);
  }
  if (nextToken !== undefined) {
    parameters.push([
      { text: "nextToken=", origin: "nextToken", label: "name of the parameter" },
      { text: percentEncode(nextToken), origin: "nextToken", label: "nextToken, percent-encoded" },
    ]);
  }
  return separated(parameters, fixed("&", "separator"));
}

/** Those that the scheme signs, in its order. */
function signedHeaders(headers: readonly HeaderParts[]): readonly HeaderParts[] {
  return acs3SignedHeaders(headers.map(pairOf)).flatMap(([wanted]) =>
    headers.filter(({ name }) => name.text === wanted),
  );
}

function headerNames(headers: readonly HeaderParts[]): readonly Part[] {
  return separated(
    headers.map(({ name }) => [{ ...name, label: "name of a signed header" }]),
    fixed(";", "separator"),
  );
}

function pairOf({ name, value }: HeaderParts): HeaderPair {
  return [name.text, textOf([value])];
}
