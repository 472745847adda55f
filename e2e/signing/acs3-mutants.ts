import {
  acs3Authorization,
  acs3CanonicalRequest,
  acs3HeaderNames,
  acs3Signature,
  acs3SignedHeaders,
  acs3StringToSign,
  canonicalQuery,
  fcAuthorization,
  percentEncode,
  type HeaderPair,
} from "@fc-async/protocol";
import type { Acs3Stages } from "./acs3-stages.ts";
import { INCOMPLETE, MALFORMED, NOT_MATCHED, UNKNOWN_KEY, withHeader, type MutantGroup } from "./mutant.ts";

const SHA256_OF_BRACES = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
const OTHER_SECRET = "ExampleSecret0000000000000000";

const without = (left: string) => (headers: readonly HeaderPair[]) =>
  acs3SignedHeaders(headers).filter(([name]) => name !== left);

const upperCase = (text: string): string => text.toUpperCase();

/**
 * Every stage of ACS3-HMAC-SHA256 done wrong, in the ways in which signers do go wrong. The call has to be one with a temporary
 * key, a content type and a query that is neither sorted nor plain ASCII words, so that each of them makes a difference.
 */
export const ACS3_MUTANTS: readonly MutantGroup<Acs3Stages>[] = [
  {
    stage: "the canonical query",
    mutants: [
      {
        name: "parameters in the order of the URL",
        stages: { canonicalQuery: (query) => query.map((pair) => canonicalQuery([pair])).join("&") },
        refusal: NOT_MATCHED,
      },
      {
        name: "spaces written as +",
        stages: { canonicalQuery: (query) => canonicalQuery(query).replaceAll("%20", "+") },
        refusal: NOT_MATCHED,
      },
      {
        name: "! ' ( ) * left bare",
        stages: { canonicalQuery: (query) => canonicalQuery(query).replaceAll(/%2[1789A]/g, decodeURIComponent) },
        refusal: NOT_MATCHED,
      },
      {
        name: "escapes in lower case",
        stages: {
          canonicalQuery: (query) => canonicalQuery(query).replaceAll(/%../g, (escape) => escape.toLowerCase()),
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "values encoded twice",
        stages: {
          canonicalQuery: (query) => canonicalQuery(query.map(([name, value]) => [name, percentEncode(value)])),
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "values as they are read",
        stages: { canonicalQuery: (query) => decodeURIComponent(canonicalQuery(query)) },
        refusal: NOT_MATCHED,
      },
      {
        name: "an empty value without its =",
        stages: { canonicalQuery: (query) => canonicalQuery(query).replaceAll(/=(?=&|$)/g, "") },
        refusal: NOT_MATCHED,
      },
      { name: "no query", stages: { canonicalQuery: () => "" }, refusal: NOT_MATCHED },
      {
        name: "the question mark with it",
        stages: { canonicalQuery: (query) => `?${canonicalQuery(query)}` },
        refusal: NOT_MATCHED,
      },
    ],
  },
  {
    stage: "the choice of headers",
    mutants: [
      ...["host", "content-type", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"].map((name) => ({
        name: `${name} left unsigned`,
        stages: { signedHeaders: without(name) },
        refusal: NOT_MATCHED,
      })),
      ...["x-acs-accesskey-id", "x-acs-security-token"].map((name) => ({
        name: `${name} of a temporary key left unsigned`,
        stages: { signedHeaders: without(name) },
        refusal: NOT_MATCHED,
      })),
      {
        name: "headers in the order of the request",
        stages: {
          signedHeaders: (headers) => {
            const signed = new Set(acs3SignedHeaders(headers).map(([name]) => name));
            return headers.filter(([name]) => signed.has(name));
          },
        },
        refusal: MALFORMED,
      },
      {
        name: "a header that is not sent",
        stages: { signedHeaders: (headers) => [...acs3SignedHeaders(headers), ["x-acs-zone", "z"]] },
        refusal: INCOMPLETE,
      },
    ],
  },
  {
    stage: "the canonical request",
    mutants: [
      {
        name: "the method in lower case",
        stages: { canonicalRequest: (parts) => acs3CanonicalRequest({ ...parts, method: "get" }) },
        refusal: NOT_MATCHED,
      },
      {
        name: "another method",
        stages: { canonicalRequest: (parts) => acs3CanonicalRequest({ ...parts, method: "POST" }) },
        refusal: NOT_MATCHED,
      },
      {
        name: "the path with its slashes encoded",
        stages: { canonicalRequest: (parts) => acs3CanonicalRequest({ ...parts, path: percentEncode(parts.path) }) },
        refusal: NOT_MATCHED,
      },
      {
        name: "the path with a slash behind it",
        stages: { canonicalRequest: (parts) => acs3CanonicalRequest({ ...parts, path: `${parts.path}/` }) },
        refusal: NOT_MATCHED,
      },
      {
        name: "the path of the root, as the RPC style has it",
        stages: { canonicalRequest: (parts) => acs3CanonicalRequest({ ...parts, path: "/" }) },
        refusal: NOT_MATCHED,
      },
      {
        name: "header names as capitals",
        stages: {
          canonicalRequest: (parts) =>
            acs3CanonicalRequest(parts).replaceAll(/^[a-z0-9-]+:/gm, (name) => name.toUpperCase()),
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "a space behind each colon",
        stages: {
          canonicalRequest: (parts) => acs3CanonicalRequest(parts).replaceAll(/^([a-z0-9-]+:)/gm, "$1 "),
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "no empty line behind the headers",
        stages: { canonicalRequest: (parts) => acs3CanonicalRequest(parts).replace("\n\n", "\n") },
        refusal: NOT_MATCHED,
      },
      {
        name: "no line of header names",
        stages: {
          canonicalRequest: (parts) =>
            acs3CanonicalRequest(parts).replace(`\n${acs3HeaderNames(parts.signedHeaders)}\n`, "\n"),
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "lines that end as in HTTP",
        stages: { canonicalRequest: (parts) => acs3CanonicalRequest(parts).replaceAll("\n", "\r\n") },
        refusal: NOT_MATCHED,
      },
      {
        name: "the hash of another body",
        stages: {
          canonicalRequest: (parts) => acs3CanonicalRequest({ ...parts, bodySha256Hex: SHA256_OF_BRACES }),
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "no hash of an empty body",
        stages: { canonicalRequest: (parts) => acs3CanonicalRequest({ ...parts, bodySha256Hex: "" }) },
        refusal: NOT_MATCHED,
      },
      {
        name: "UNSIGNED-PAYLOAD for the hash of the body",
        stages: {
          canonicalRequest: (parts) => acs3CanonicalRequest({ ...parts, bodySha256Hex: "UNSIGNED-PAYLOAD" }),
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "the hash of another body in the header, too",
        stages: {
          headers: (headers) =>
            headers.map(([name, value]) => [name, name === "x-acs-content-sha256" ? SHA256_OF_BRACES : value]),
        },
        refusal: NOT_MATCHED,
      },
    ],
  },
  {
    stage: "the string to sign",
    mutants: [
      {
        name: "the canonical request unhashed",
        stages: { stringToSign: (canonicalRequest) => `ACS3-HMAC-SHA256\n${canonicalRequest}` },
        refusal: NOT_MATCHED,
      },
      {
        name: "no line of the algorithm",
        stages: { stringToSign: (canonicalRequest, hash) => hash.sha256Hex(canonicalRequest) },
        refusal: NOT_MATCHED,
      },
      {
        name: "another algorithm",
        stages: {
          stringToSign: async (canonicalRequest, hash) =>
            (await acs3StringToSign(canonicalRequest, hash)).replace("ACS3-HMAC-SHA256", "ACS3-HMAC-SM3"),
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "the hash in capitals",
        stages: {
          stringToSign: async (canonicalRequest, hash) => upperCase(await acs3StringToSign(canonicalRequest, hash)),
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "a newline at its end",
        stages: {
          stringToSign: async (canonicalRequest, hash) => `${await acs3StringToSign(canonicalRequest, hash)}\n`,
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "a date and a scope between its lines",
        stages: {
          stringToSign: async (canonicalRequest, hash) =>
            (await acs3StringToSign(canonicalRequest, hash)).replace(
              "\n",
              "\n20261123T085627Z\n20261123/cn-hangzhou/fc/aliyun_v4_request\n",
            ),
        },
        refusal: NOT_MATCHED,
      },
    ],
  },
  {
    stage: "the signature",
    mutants: [
      {
        name: "another secret",
        stages: { signature: (stringToSign, _secret, hash) => acs3Signature(stringToSign, OTHER_SECRET, hash) },
        refusal: NOT_MATCHED,
      },
      {
        name: "the secret with an &, as the RPC style has it",
        stages: { signature: (stringToSign, secret, hash) => acs3Signature(stringToSign, `${secret}&`, hash) },
        refusal: NOT_MATCHED,
      },
      {
        name: "a key derived from the secret",
        stages: {
          signature: async (stringToSign, secret, hash) =>
            acs3Signature(stringToSign, await hash.hmacSha256(`aliyun_v4${secret}`, "20261123", "hex"), hash),
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "a hash that is no HMAC",
        stages: { signature: (stringToSign, secret, hash) => hash.sha256Hex(secret + stringToSign) },
        refusal: NOT_MATCHED,
      },
      {
        name: "one digit changed",
        stages: {
          signature: async (stringToSign, secret, hash) => {
            const signature = await acs3Signature(stringToSign, secret, hash);
            return `${signature.slice(0, -1)}${signature.endsWith("0") ? "1" : "0"}`;
          },
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "hexadecimal in capitals",
        stages: {
          signature: async (stringToSign, secret, hash) => upperCase(await acs3Signature(stringToSign, secret, hash)),
        },
        refusal: MALFORMED,
      },
      {
        name: "base64",
        stages: { signature: (stringToSign, secret, hash) => hash.hmacSha256(secret, stringToSign, "base64") },
        refusal: MALFORMED,
      },
      {
        name: "one digit less",
        stages: {
          signature: async (stringToSign, secret, hash) =>
            (await acs3Signature(stringToSign, secret, hash)).slice(0, -1),
        },
        refusal: MALFORMED,
      },
    ],
  },
  {
    stage: "the Authorization header",
    mutants: [
      {
        name: "the key id of nobody",
        stages: {
          authorization: (_id, names, signature) => acs3Authorization("LTAI5tExampleKeyId0000", names, signature),
        },
        refusal: UNKNOWN_KEY,
      },
      {
        name: "the key id of another account",
        stages: {
          authorization: (_id, names, signature) => acs3Authorization("LTAI5tFakeDemoKeyOne0001", names, signature),
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "a scope behind the key id",
        stages: {
          authorization: (id, names, signature) =>
            acs3Authorization(`${id}/20261123/cn-hangzhou/fc/aliyun_v4_request`, names, signature),
        },
        refusal: UNKNOWN_KEY,
      },
      {
        name: "SignedHeaders that leave out a signed one",
        stages: {
          authorization: (id, names, signature) => acs3Authorization(id, names.replace("x-acs-date;", ""), signature),
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "SignedHeaders that name one more than is signed",
        stages: {
          authorization: (id, names, signature) => acs3Authorization(id, `${names};x-fc-date`, signature),
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "SignedHeaders that name a header twice",
        stages: { authorization: (id, names, signature) => acs3Authorization(id, `host;${names}`, signature) },
        refusal: MALFORMED,
      },
      {
        name: "SignedHeaders in capitals",
        stages: { authorization: (id, names, signature) => acs3Authorization(id, upperCase(names), signature) },
        refusal: MALFORMED,
      },
      {
        name: "SignedHeaders parted by commas",
        stages: {
          authorization: (id, names, signature) => acs3Authorization(id, names.replaceAll(";", ","), signature),
        },
        refusal: MALFORMED,
      },
      {
        name: "spaces behind its commas",
        stages: {
          authorization: (id, names, signature) => acs3Authorization(id, names, signature).replaceAll(",", ", "),
        },
        refusal: MALFORMED,
      },
      {
        name: "another algorithm",
        stages: {
          authorization: (id, names, signature) =>
            acs3Authorization(id, names, signature).replace("ACS3-HMAC-SHA256", "ACS3-HMAC-SM3"),
        },
        refusal: MALFORMED,
      },
      {
        name: "the form of the FC scheme",
        stages: { authorization: (id, _names, signature) => fcAuthorization(id, signature) },
        refusal: NOT_MATCHED,
      },
    ],
  },
  {
    stage: "what is sent",
    mutants: [
      {
        name: "no Authorization header",
        stages: { sent: (request) => withHeader(request, "authorization", undefined) },
        refusal: INCOMPLETE,
      },
      {
        name: "another limit than was signed",
        stages: { sent: (request) => ({ ...request, target: request.target.replace("limit=7", "limit=8") }) },
        refusal: NOT_MATCHED,
      },
      {
        name: "one parameter more than was signed",
        stages: { sent: (request) => ({ ...request, target: `${request.target}&nextToken=x` }) },
        refusal: NOT_MATCHED,
      },
      {
        name: "another nonce than was signed",
        stages: { sent: (request) => withHeader(request, "x-acs-signature-nonce", "another") },
        refusal: NOT_MATCHED,
      },
      {
        name: "no nonce",
        stages: { sent: (request) => withHeader(request, "x-acs-signature-nonce", undefined) },
        refusal: INCOMPLETE,
      },
      {
        name: "another security token than was signed",
        stages: { sent: (request) => withHeader(request, "x-acs-security-token", "FakeDemoSecurityTokenTwo+/0003==") },
        refusal: NOT_MATCHED,
      },
      {
        name: "another content type than was signed",
        stages: { sent: (request) => withHeader(request, "content-type", "text/plain") },
        refusal: NOT_MATCHED,
      },
    ],
  },
];
