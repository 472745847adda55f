import { parseIso8601Seconds } from "../clock/iso8601-seconds.ts";
import { EMPTY_SHA256_HEX } from "../hash/empty-sha256-hex.ts";
import { webCryptoHash } from "../hash/web-crypto-hash.ts";
import { ACS3_ALGORITHM } from "../signing/acs3/acs3-algorithm.ts";
import { acs3Canonical, acs3CanonicalText } from "./acs3-canonical.ts";
import { checkDate } from "./check-date.ts";
import { equalInConstantTime } from "./equal-in-constant-time.ts";
import type { ReceivedRequest, VerifyOptions } from "./received-request.ts";
import type { Refusal, Verdict, VerifyProblem } from "./verdict.ts";

/** Credential, SignedHeaders and Signature, as the three groups. */
export const ACS3_AUTHORIZATION: RegExp =
  /^ACS3-HMAC-SHA256 Credential=([^,\s]+),SignedHeaders=([a-z0-9\-;]+),Signature=([0-9a-f]{64})$/;
const REQUIRED_HEADERS = [
  "host",
  "x-acs-action",
  "x-acs-content-sha256",
  "x-acs-date",
  "x-acs-signature-nonce",
  "x-acs-version",
] as const;

/**
 * Judges an ACS3-HMAC-SHA256 signature from what was received. The query is decoded and encoded again, strictly: the vendor's
 * SDK leaves `! ' ( ) *` bare on the wire and signs them encoded.
 *
 * Source: vendor page "V3 request structure and signature"; recordings of @alicloud/fc-open20210406 2.0.13.
 */
export async function verifyAcs3(request: ReceivedRequest, options: VerifyOptions): Promise<Verdict> {
  const { headers } = request;
  const authorization = ACS3_AUTHORIZATION.exec(headers.get("authorization") ?? "");
  if (authorization === null) {
    return refuse(
      undefined,
      "malformed_authorization",
      `Authorization is not "${ACS3_ALGORITHM} Credential=…,SignedHeaders=…,Signature=…".`,
    );
  }
  const [, accessKeyId = "", signedNames = "", signature = ""] = authorization;
  const no = (problem: VerifyProblem, detail: string): Refusal => refuse(accessKeyId, problem, detail);

  const missing = REQUIRED_HEADERS.find((name) => !headers.has(name));
  if (missing !== undefined) return no("missing_header", `The header ${missing} is missing.`);
  const headerList = checkSignedNames(signedNames.split(";"), headers);
  if (headerList !== undefined) return no(headerList.problem, headerList.detail);

  const date = checkDate("x-acs-date", parseIso8601Seconds(headers.get("x-acs-date") ?? ""), options);
  if (!date.ok) return no(date.problem, date.detail);
  const key = options.findKey(accessKeyId);
  if (key === undefined) return no("unknown_key", "The access key id of Credential is not known.");
  if ((headers.get("x-acs-accesskey-id") ?? accessKeyId) !== accessKeyId) {
    return no("token_mismatch", "x-acs-accesskey-id is not the access key id of Credential.");
  }
  if (!equalInConstantTime(headers.get("x-acs-security-token") ?? "", key.securityToken ?? "")) {
    return no("token_mismatch", "x-acs-security-token is not the token this access key was issued with.");
  }
  const bodySha256Hex = request.bodySha256Hex ?? EMPTY_SHA256_HEX;
  if (headers.get("x-acs-content-sha256") !== bodySha256Hex) {
    return no("content_hash_mismatch", "x-acs-content-sha256 is not the SHA-256 of the received body.");
  }

  const canonical = acs3Canonical(request, signedNames, bodySha256Hex);
  if (canonical === undefined) {
    return no("signature_mismatch", "The request target holds an escape that is malformed or not UTF-8.");
  }
  const canonicalRequest = acs3CanonicalText(canonical);
  const hash = options.hash ?? webCryptoHash;
  const stringToSign = `${ACS3_ALGORITHM}\n${await hash.sha256Hex(canonicalRequest)}`;
  const expected = await hash.hmacSha256(key.accessKeySecret, stringToSign, "hex");
  if (equalInConstantTime(expected, signature)) {
    const nonce = headers.get("x-acs-signature-nonce");
    return { ok: true, scheme: "acs3", accessKeyId, nonce, dateMs: date.dateMs };
  }
  return {
    ...no(
      "signature_mismatch",
      "Signature is not the one of this request: another secret, or a signed part was changed.",
    ),
    expected: { canonicalRequest, stringToSign },
  };
}

/** The list must be sorted, name only headers that are there, and leave out none that the scheme signs. */
function checkSignedNames(
  names: readonly string[],
  headers: ReadonlyMap<string, string>,
): { readonly problem: VerifyProblem; readonly detail: string } | undefined {
  const isSorted = names.every((name, index) => index === 0 || (names[index - 1] ?? "") < name);
  if (!isSorted)
    return { problem: "malformed_authorization", detail: "SignedHeaders is not sorted, or names a header twice." };
  const absent = names.find((name) => !headers.has(name));
  if (absent !== undefined)
    return { problem: "missing_header", detail: `SignedHeaders names ${absent}, which was not received.` };
  for (const name of headers.keys()) {
    const mustBeSigned = name === "host" || name === "content-type" || name.startsWith("x-acs-");
    if (mustBeSigned && !names.includes(name)) {
      return { problem: "unsigned_header", detail: `SignedHeaders leaves out ${name}, which the scheme signs.` };
    }
  }
  return undefined;
}

function refuse(accessKeyId: string | undefined, problem: VerifyProblem, detail: string): Refusal {
  return { ok: false, scheme: "acs3", accessKeyId, problem, detail };
}
