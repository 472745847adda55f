import { webCryptoHash, type SignatureHash } from "@fc-async/protocol";
import {
  DEFAULT_MAX_SKEW_MS,
  diagnoseSignature,
  verifyRequest,
  type ReceivedRequest,
  type Refusal,
  type SignatureDiagnosis,
  type VerifiedScheme,
} from "@fc-async/protocol/verify";
import { OPERATION, OPERATION_PATHS } from "../generated/operation.ts";
import { firstDifference, smallDifference, type LineDifference } from "./line-difference.ts";
import { parsePastedRequest } from "./parse-pasted-request.ts";
import type { PastedRequest } from "./pasted-request.ts";

/** What somebody pastes. */
export interface Pasted {
  /** As `parsePastedRequest` reads it. */
  readonly text: string;
  /** The secret that belongs to the key in the request. It is used in the page alone. */
  readonly accessKeySecret: string;
  /** Default: the one in the request is taken for right. */
  readonly securityToken?: string | undefined;
  /** The canonical request that they made, or their string to sign; to be held against the service's line by line. */
  readonly canonicalRequest?: string | undefined;
  /** Milliseconds since the epoch, for the age of the request. */
  readonly nowMs: number;
}

/** What was found about a pasted request. */
export type PastedExplanation =
  | { readonly outcome: "unreadable"; readonly problem: string }
  | {
      readonly outcome: "right";
      readonly scheme: VerifiedScheme;
      readonly request: PastedRequest;
      readonly remarks: readonly string[];
    }
  | {
      readonly outcome: "wrong";
      readonly request: PastedRequest;
      /** The first thing that differs. */
      readonly sentence: string;
      /** What the service signs, line by line; empty when the request cannot be signed as it is. A security token stands as `[redacted]`. */
      readonly lines: readonly string[];
      /** The line that is wrong, counted from 1. */
      readonly line: number | undefined;
      /** Between what was pasted as `canonicalRequest` and the same text of the service. */
      readonly difference: LineDifference | undefined;
      /** What is not the signature: the age of the date, a path that is another. */
      readonly remarks: readonly string[];
    };

/**
 * Verifies a pasted request as the service does, and says the first thing that differs. The age of its date does not hide its
 * signature; it is a remark of its own. Never throws for anything that can be pasted.
 */
export async function explainPasted(pasted: Pasted, hash: SignatureHash = webCryptoHash): Promise<PastedExplanation> {
  const reading = parsePastedRequest(pasted.text);
  if (!reading.ok) return { outcome: "unreadable", problem: reading.problem };
  const accessKeySecret = pasted.accessKeySecret.trim();
  if (accessKeySecret === "") {
    return { outcome: "unreadable", problem: "The AccessKey secret is needed: the signature is made again with it." };
  }
  const { request } = reading;
  const received = await receivedFrom(request, hash);
  const given = pasted.securityToken?.trim() ?? "";
  const inRequest = request.headers.get("x-acs-security-token") ?? request.headers.get("x-fc-security-token");
  const key = { accessKeySecret, securityToken: given === "" ? inRequest : given };
  const options = { findKey: () => key, nowMs: pasted.nowMs, hash };
  const verdict = await verifyRequest(received, { ...options, maxSkewMs: Infinity });
  const onTime = await verifyRequest(received, { ...options, maxSkewMs: DEFAULT_MAX_SKEW_MS });
  const remarks = [
    ...(!onTime.ok && onTime.problem === "skewed_date" ? [`${onTime.detail} Sign it anew to send it.`] : []),
    ...pathRemarks(request, verdict.scheme),
  ];
  if (verdict.ok) return { outcome: "right", scheme: verdict.scheme, request, remarks };
  const { problem, detail, expected } = verdict;
  if (problem !== "signature_mismatch" || expected === undefined) {
    return { outcome: "wrong", request, sentence: detail, lines: [], line: undefined, difference: undefined, remarks };
  }
  const diagnosis = await diagnoseSignature(received, key, hash);
  return {
    outcome: "wrong",
    request,
    lines: diagnosis?.lines ?? [],
    remarks,
    ...mismatch(expected, diagnosis, pasted),
  };
}

type Mismatch = Pick<Extract<PastedExplanation, { readonly outcome: "wrong" }>, "sentence" | "line" | "difference">;

/** A text of their own says for certain where it differs; without one only the usual mistakes can be tried. */
function mismatch(
  expected: NonNullable<Refusal["expected"]>,
  diagnosis: SignatureDiagnosis | undefined,
  { canonicalRequest = "" }: Pasted,
): Mismatch {
  const finding = diagnosis?.finding;
  if (canonicalRequest.trim() === "") {
    const sentence =
      finding?.sentence ??
      "None of the usual mistakes yields this signature: the secret is another one, or a signed part was changed. Paste the canonical request that you made, too.";
    return { sentence, line: finding?.line, difference: undefined };
  }
  const isStringToSign = expected.canonicalRequest === "" || canonicalRequest.startsWith("ACS3-HMAC-SHA256");
  const text = isStringToSign ? expected.stringToSign : expected.canonicalRequest;
  const name = isStringToSign ? "string to sign" : "canonical request";
  const difference = firstDifference(text, canonicalRequest);
  if (difference === undefined) {
    const sentence = `Your ${name} is the service's. ${finding?.sentence ?? "What differs comes behind it: another secret, or another use of the hash."}`;
    return { sentence, line: finding?.line, difference };
  }
  const isDigest = isStringToSign && expected.canonicalRequest !== "" && difference.line === 2;
  const sentence = isDigest
    ? "Line 2 of your string to sign is the hash of another canonical request. Paste that one here instead."
    : `Line ${difference.line} of your ${name} is not the service's${smallDifference(difference)}.`;
  // The lines shown are those of the canonical request; a line of a string to sign has its place there under FC alone.
  const isShown = !isStringToSign || expected.canonicalRequest === "";
  return { sentence, line: isShown ? difference.line : undefined, difference };
}

async function receivedFrom({ body, ...request }: PastedRequest, hash: SignatureHash): Promise<ReceivedRequest> {
  return { ...request, bodySha256Hex: await hash.sha256Hex(body) };
}

function pathRemarks({ target }: PastedRequest, scheme: VerifiedScheme | undefined): readonly string[] {
  const [path = ""] = target.split("?");
  if (!OPERATION_PATHS.includes(path)) {
    return [`The path ${JSON.stringify(path)} is not the operation's, which is ${OPERATION.path}.`];
  }
  const isNew = path === OPERATION.path;
  if (scheme === undefined || isNew === (scheme === "acs3")) return [];
  return [
    `${isNew ? "This API version is signed with ACS3-HMAC-SHA256, not FC" : "This API version is signed with FC, not ACS3-HMAC-SHA256"}; whether the service takes the other one is not settled by any source.`,
  ];
}
