import type { SignatureHash } from "../hash/signature-hash.ts";
import { ACS3_ALGORITHM } from "../signing/acs3/acs3-algorithm.ts";
import { acs3CanonicalText, type Acs3Canonical } from "./acs3-canonical.ts";
import type { ReceivedRequest } from "./received-request.ts";
import { readTarget } from "./received-target.ts";
import { secretMistakes } from "./secret-mistakes.ts";
import type { SigningMistake } from "./signing-mistake.ts";

const METHOD_LINE = 1;
const PATH_LINE = 2;
const QUERY_LINE = 3;
const FIRST_HEADER_LINE = 4;

/** A canonical request that differs, before it is hashed. */
type Variant = Omit<SigningMistake, "secret" | "stringToSign"> & { readonly canonicalRequest: string };

/** The usual ways to sign a request with ACS3-HMAC-SHA256 wrongly, one at a time. */
export async function acs3Mistakes(
  request: ReceivedRequest,
  right: Acs3Canonical,
  secret: string,
  hash: SignatureHash,
): Promise<readonly SigningMistake[]> {
  const canonicalRequest = acs3CanonicalText(right);
  const stringToSign = `${ACS3_ALGORITHM}\n${await hash.sha256Hex(canonicalRequest)}`;
  const variants = [
    ...methodAndPath(right),
    ...query(request, right),
    ...host(request, right),
    ...headers(right),
    ...ends(right),
  ];
  return [
    ...secretMistakes(secret, stringToSign),
    ...(await Promise.all(variants.map((variant) => hashed(variant, secret, hash)))),
    {
      sentence: "The canonical request itself was signed; the string to sign holds its SHA-256 instead.",
      secret,
      stringToSign: `${ACS3_ALGORITHM}\n${canonicalRequest}`,
    },
    {
      sentence: `The string to sign was signed without its first line, ${ACS3_ALGORITHM}.`,
      secret,
      stringToSign: stringToSign.slice(ACS3_ALGORITHM.length + 1),
    },
    {
      sentence: "A line break was signed behind the string to sign; it ends without one.",
      secret,
      stringToSign: `${stringToSign}\n`,
    },
  ];
}

async function hashed(
  { canonicalRequest, ...mistake }: Variant,
  secret: string,
  hash: SignatureHash,
): Promise<SigningMistake> {
  return { ...mistake, secret, stringToSign: `${ACS3_ALGORITHM}\n${await hash.sha256Hex(canonicalRequest)}` };
}

function methodAndPath(right: Acs3Canonical): Variant[] {
  const { method, path } = right;
  return [
    {
      line: METHOD_LINE,
      sentence: "The method was signed in lower case; it is signed as it stands on the request line.",
      canonicalRequest: acs3CanonicalText({ ...right, method: method.toLowerCase() }),
    },
    {
      line: PATH_LINE,
      sentence: 'The path was signed as "/"; under this API version it is signed as it stands on the request line.',
      canonicalRequest: acs3CanonicalText({ ...right, path: "/" }),
    },
    {
      line: PATH_LINE,
      sentence: "The path was signed with a slash at its end that the request line does not have.",
      canonicalRequest: acs3CanonicalText({ ...right, path: `${path}/` }),
    },
    {
      line: PATH_LINE,
      sentence: "The path was signed together with the query; the query has a line of its own.",
      canonicalRequest: acs3CanonicalText({ ...right, path: `${path}?${right.query}` }),
    },
  ];
}

function query({ target }: ReceivedRequest, right: Acs3Canonical): Variant[] {
  const raw = target.split("?").slice(1).join("?");
  const received = readTarget(target)?.parameters ?? [];
  const variant = (sentence: string, signed: string): Variant => ({
    line: QUERY_LINE,
    sentence,
    canonicalRequest: acs3CanonicalText({ ...right, query: signed }),
  });
  return [
    variant("The query was left out; its parameters are signed, sorted and percent-encoded.", ""),
    variant(
      "The query was signed as it stands on the wire; it is decoded, percent-encoded again but for A-Z a-z 0-9 - . _ ~, and sorted.",
      raw,
    ),
    variant("The query was signed with its question mark, which does not belong to it.", `?${right.query}`),
    variant(
      "The query was signed in the order of the request; its parameters are sorted by name.",
      received.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&"),
    ),
    variant(
      "The query was signed with decoded values; they are percent-encoded.",
      received
        .toSorted(([left], [other]) => (left < other ? -1 : 1))
        .map(([name, value]) => `${name}=${value}`)
        .join("&"),
    ),
    variant(
      "The query was signed with encodeURIComponent, which leaves ! ' ( ) * bare; they are percent-encoded, too.",
      received
        .toSorted(([left], [other]) => (left < other ? -1 : 1))
        .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
        .join("&"),
    ),
    variant("The query was signed with + for a space; a space is %20.", right.query.replaceAll("%20", "+")),
    variant(
      'A parameter without a value was signed without "="; it is signed as "name=".',
      right.query.replaceAll(/=(?=&|$)/g, ""),
    ),
  ];
}

/** A proxy, or a client that builds the header by itself, leaves another host in the signature than the one that arrives. */
function host({ headers: received }: ReceivedRequest, right: Acs3Canonical): Variant[] {
  const value = received.get("host") ?? "";
  const index = right.headers.findIndex((line) => line.startsWith("host:"));
  if (index === -1) return [];
  const name = value.replace(/:\d+$/, "");
  const port = value.slice(name.length + 1);
  const candidates: readonly (readonly [host: string, sentence: string])[] = [
    [name, `The host was signed without its port; it is signed as it is sent, ${JSON.stringify(value)}.`],
    [`${name}:443`, "The host was signed with port 443, which is not sent with https and not signed."],
    [`${name}:80`, "The host was signed with port 80, which is not sent with http and not signed."],
    ["", "The host was signed empty."],
    ...["127.0.0.1", "localhost", "[::1]"].map(
      (other) =>
        [
          port === "" ? other : `${other}:${port}`,
          `The host was signed as ${JSON.stringify(other)}; it is signed as it is sent, ${JSON.stringify(value)}.`,
        ] as const,
    ),
  ];
  return candidates.map(([signed, sentence]) => ({
    line: FIRST_HEADER_LINE + index,
    sentence,
    canonicalRequest: acs3CanonicalText({ ...right, headers: right.headers.with(index, `host:${signed}`) }),
  }));
}

function headers(right: Acs3Canonical): Variant[] {
  return right.headers.flatMap((line, index) => {
    const name = line.slice(0, line.indexOf(":"));
    const others = right.headers.toSpliced(index, 1);
    return [
      {
        line: FIRST_HEADER_LINE + index,
        sentence: `${name} was left out, though SignedHeaders names it.`,
        canonicalRequest: acs3CanonicalText({ ...right, headers: others }),
      },
      {
        line: FIRST_HEADER_LINE + index,
        sentence: `${name} was left out of the lines and of SignedHeaders when signing, but stands in the header.`,
        canonicalRequest: acs3CanonicalText({
          ...right,
          headers: others,
          signedNames: right.signedNames
            .split(";")
            .filter((signed) => signed !== name)
            .join(";"),
        }),
      },
      {
        line: FIRST_HEADER_LINE + index,
        sentence: `${name} was signed with a space behind the colon; there is none.`,
        canonicalRequest: acs3CanonicalText({ ...right, headers: right.headers.with(index, line.replace(":", ": ")) }),
      },
    ];
  });
}

function ends(right: Acs3Canonical): Variant[] {
  const text = acs3CanonicalText(right);
  const emptyLine = FIRST_HEADER_LINE + right.headers.length;
  return [
    {
      line: emptyLine,
      sentence: "The empty line behind the headers was left out; each header line ends with a line break of its own.",
      canonicalRequest: text.replace(`\n\n${right.signedNames}\n`, `\n${right.signedNames}\n`),
    },
    {
      sentence: "The lines were joined with CRLF; they are joined with LF alone.",
      canonicalRequest: text.replaceAll("\n", "\r\n"),
    },
    {
      sentence: "A line break was signed behind the canonical request; it ends with the hash of the body.",
      canonicalRequest: `${text}\n`,
    },
    {
      line: emptyLine + 2,
      sentence: "The last line was left empty; it is the SHA-256 of the body, also of an empty one.",
      canonicalRequest: acs3CanonicalText({ ...right, bodySha256Hex: "" }),
    },
  ];
}
