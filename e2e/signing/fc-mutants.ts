import {
  acs3Authorization,
  fcAuthorization,
  fcCanonicalResource,
  fcSignature,
  fcStringToSign,
  formatRfc1123,
  percentEncode,
} from "@fc-async/protocol";
import type { FcStages } from "./fc-stages.ts";
import { INCOMPLETE, MALFORMED, NOT_MATCHED, UNKNOWN_KEY, withHeader, type MutantGroup } from "./mutant.ts";

const OTHER_SECRET = "ExampleSecret0000000000000000";
const METHOD_MD5_TYPE = /^GET\n\n([^\n]*)\n/;

/**
 * Every stage of the `FC` scheme done wrong, in the ways in which signers do go wrong. The call has to be one with a temporary
 * key, a content type, a query and a header `x-fc-account-id`, so that each of them makes a difference.
 */
export const FC_MUTANTS: readonly MutantGroup<FcStages>[] = [
  {
    stage: "the canonical resource",
    mutants: [
      {
        name: "the query with it",
        stages: { canonicalResource: (path, query) => `${path}?${query}` },
        refusal: NOT_MATCHED,
      },
      {
        name: "the parameters on lines of their own, as HTTP triggers have it",
        stages: {
          canonicalResource: (path, query) => `${path}\n${decodeURIComponent(query).split("&").toSorted().join("\n")}`,
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "the path without its version",
        stages: {
          canonicalResource: (path, query) => fcCanonicalResource(path.replace("/2016-08-15", ""), query),
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "the path encoded",
        stages: { canonicalResource: (path) => percentEncode(path) },
        refusal: NOT_MATCHED,
      },
      {
        name: "a newline behind it",
        stages: { canonicalResource: (path, query) => `${fcCanonicalResource(path, query)}\n` },
        refusal: NOT_MATCHED,
      },
    ],
  },
  {
    stage: "the string to sign",
    mutants: [
      {
        name: "the method in lower case",
        stages: { stringToSign: (parts) => fcStringToSign({ ...parts, method: "get" }) },
        refusal: NOT_MATCHED,
      },
      {
        name: "no line for an absent MD5",
        stages: { stringToSign: (parts) => fcStringToSign(parts).replace(METHOD_MD5_TYPE, "GET\n$1\n") },
        refusal: NOT_MATCHED,
      },
      {
        name: "no content type",
        stages: { stringToSign: (parts) => fcStringToSign(parts).replace(METHOD_MD5_TYPE, "GET\n\n\n") },
        refusal: NOT_MATCHED,
      },
      {
        name: "no date",
        stages: {
          stringToSign: (parts) =>
            fcStringToSign({ ...parts, headers: parts.headers.filter(([name]) => name !== "date") }),
        },
        refusal: NOT_MATCHED,
      },
      ...["x-fc-date", "x-fc-account-id", "x-fc-security-token"].map((left) => ({
        name: `no ${left}`,
        stages: {
          stringToSign: (parts) =>
            fcStringToSign({ ...parts, headers: parts.headers.filter(([name]) => name !== left) }),
        } satisfies Partial<FcStages>,
        refusal: NOT_MATCHED,
      })),
      {
        name: "headers in the opposite order",
        stages: {
          stringToSign: (parts) => {
            const lines = fcStringToSign(parts).split("\n");
            return [...lines.slice(0, 4), ...lines.slice(4, -1).toReversed(), ...lines.slice(-1)].join("\n");
          },
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "header names as they are sent",
        stages: { stringToSign: (parts) => fcStringToSign(parts).replaceAll(/^x-fc-/gm, "X-Fc-") },
        refusal: NOT_MATCHED,
      },
      {
        name: "a space behind each colon",
        stages: { stringToSign: (parts) => fcStringToSign(parts).replaceAll(/^(x-fc-[a-z-]+:)/gm, "$1 ") },
        refusal: NOT_MATCHED,
      },
    ],
  },
  {
    stage: "the signature",
    mutants: [
      {
        name: "another secret",
        stages: { signature: (stringToSign, _secret, hash) => fcSignature(stringToSign, OTHER_SECRET, hash) },
        refusal: NOT_MATCHED,
      },
      {
        name: "the string to sign hashed before",
        stages: {
          signature: async (stringToSign, secret, hash) =>
            fcSignature(await hash.sha256Hex(stringToSign), secret, hash),
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "one letter changed",
        stages: {
          signature: async (stringToSign, secret, hash) => {
            const signature = await fcSignature(stringToSign, secret, hash);
            return `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
          },
        },
        refusal: NOT_MATCHED,
      },
      {
        name: "hexadecimal",
        stages: { signature: (stringToSign, secret, hash) => hash.hmacSha256(secret, stringToSign, "hex") },
        refusal: MALFORMED,
      },
      {
        name: "base64 without its padding",
        stages: {
          signature: async (stringToSign, secret, hash) =>
            (await fcSignature(stringToSign, secret, hash)).replace("=", ""),
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
        stages: { authorization: (_id, signature) => fcAuthorization("LTAI5tExampleKeyId0000", signature) },
        refusal: UNKNOWN_KEY,
      },
      {
        name: "the key id of another account",
        stages: { authorization: (_id, signature) => fcAuthorization("LTAI5tFakeDemoKeyOne0001", signature) },
        refusal: NOT_MATCHED,
      },
      {
        name: "no key id",
        stages: { authorization: (_id, signature) => fcAuthorization("", signature) },
        refusal: MALFORMED,
      },
      {
        name: "no signature",
        stages: { authorization: (id) => fcAuthorization(id, "") },
        refusal: MALFORMED,
      },
      {
        name: "the scheme in lower case",
        stages: { authorization: (id, signature) => fcAuthorization(id, signature).toLowerCase() },
        refusal: MALFORMED,
      },
      {
        name: "the form of ACS3",
        stages: { authorization: (id, signature) => acs3Authorization(id, "host", signature) },
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
        name: "no security token of a temporary key",
        stages: { headers: (headers) => headers.filter(([name]) => name !== "x-fc-security-token") },
        refusal: NOT_MATCHED,
      },
      {
        name: "another account id than was signed",
        stages: { sent: (request) => withHeader(request, "x-fc-account-id", "1000000000000001") },
        refusal: NOT_MATCHED,
      },
      {
        name: "another date than was signed",
        stages: { sent: (request) => withHeader(request, "x-fc-date", formatRfc1123(Date.now() - 60_000)) },
        refusal: NOT_MATCHED,
      },
      {
        name: "neither date",
        stages: { sent: (request) => withHeader(withHeader(request, "date", undefined), "x-fc-date", undefined) },
        refusal: INCOMPLETE,
      },
    ],
  },
];
