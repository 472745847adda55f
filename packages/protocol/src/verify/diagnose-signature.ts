import { EMPTY_SHA256_HEX } from "../hash/empty-sha256-hex.ts";
import type { SignatureHash } from "../hash/signature-hash.ts";
import { webCryptoHash } from "../hash/web-crypto-hash.ts";
import { acs3Canonical, acs3CanonicalText } from "./acs3-canonical.ts";
import { acs3Mistakes } from "./acs3-mistakes.ts";
import { fcMistakes } from "./fc-mistakes.ts";
import { fcString, fcStringText } from "./fc-string.ts";
import type { ReceivedRequest, SigningKey } from "./received-request.ts";
import type { SigningMistake } from "./signing-mistake.ts";
import { ACS3_AUTHORIZATION } from "./verify-acs3.ts";
import { FC_AUTHORIZATION } from "./verify-fc.ts";

/** Why a signature does not fit its request. */
export interface SignatureDiagnosis {
  /**
   * What the verifier signed, line by line: the canonical request of ACS3, the string to sign of FC. The value of a security
   * token stands as `[redacted]`.
   */
  readonly lines: readonly string[];
  /** The one usual mistake that yields exactly the signature that was sent; `undefined` when none does. */
  readonly finding: { readonly line: number | undefined; readonly sentence: string } | undefined;
}

const SECURITY_TOKEN = /^(x-(?:acs|fc)-security-token:).*$/;

/**
 * Explains a signature that was found wrong. A signature cannot be turned back into the text it was made of, so the usual
 * mistakes are made one after another until one yields it; a wrong secret, or a part that was changed on the way, yields to none.
 *
 * @returns `undefined` for a request without a readable `Authorization` or target: the verdict of `verifyRequest` says what is wrong there.
 */
export async function diagnoseSignature(
  request: ReceivedRequest,
  key: SigningKey,
  hash: SignatureHash = webCryptoHash,
): Promise<SignatureDiagnosis | undefined> {
  const authorization = request.headers.get("authorization") ?? "";
  const [, , signedNames, acs3Signature] = ACS3_AUTHORIZATION.exec(authorization) ?? [];
  if (signedNames !== undefined && acs3Signature !== undefined) {
    const canonical = acs3Canonical(request, signedNames, request.bodySha256Hex ?? EMPTY_SHA256_HEX);
    if (canonical === undefined) return undefined;
    const mistakes = await acs3Mistakes(request, canonical, key.accessKeySecret, hash);
    const signed = (mistake: SigningMistake) => hash.hmacSha256(mistake.secret, mistake.stringToSign, "hex");
    return {
      lines: linesOf(acs3CanonicalText(canonical)),
      finding: await firstThatFits(mistakes, signed, acs3Signature),
    };
  }
  const [, , fcSignature] = FC_AUTHORIZATION.exec(authorization) ?? [];
  const date = request.headers.get("x-fc-date") ?? request.headers.get("date");
  if (fcSignature === undefined || date === undefined) return undefined;
  const parts = fcString(request, date.trim());
  if (parts === undefined) return undefined;
  const mistakes = fcMistakes(request, parts, key.accessKeySecret);
  const signed = (mistake: SigningMistake) => hash.hmacSha256(mistake.secret, mistake.stringToSign, "base64");
  return { lines: linesOf(fcStringText(parts)), finding: await firstThatFits(mistakes, signed, fcSignature) };
}

async function firstThatFits(
  mistakes: readonly SigningMistake[],
  sign: (mistake: SigningMistake) => ReturnType<SignatureHash["hmacSha256"]>,
  signature: string,
): Promise<SignatureDiagnosis["finding"]> {
  for (const mistake of mistakes) {
    if ((await sign(mistake)) === signature) return { line: mistake.line, sentence: mistake.sentence };
  }
  return undefined;
}

function linesOf(text: string): readonly string[] {
  return text.split("\n").map((line) => line.replace(SECURITY_TOKEN, "$1[redacted]"));
}
