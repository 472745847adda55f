import { parseFcDate } from "../clock/rfc1123.ts";
import { webCryptoHash } from "../hash/web-crypto-hash.ts";
import { checkDate } from "./check-date.ts";
import { equalInConstantTime } from "./equal-in-constant-time.ts";
import { fcString, fcStringText } from "./fc-string.ts";
import type { ReceivedRequest, VerifyOptions } from "./received-request.ts";
import type { Refusal, Verdict, VerifyProblem } from "./verdict.ts";

/** The access key id and the signature, as the two groups. */
export const FC_AUTHORIZATION: RegExp = /^FC ([^:\s]+):([A-Za-z0-9+/]{43}=)$/;

/**
 * Judges a signature of the `FC` scheme from what was received. `x-fc-date` stands for `Date` when it is there (it exists for
 * callers that cannot set `Date`). The query of an API call is not signed; that of an HTTP trigger is.
 *
 * Source: vendor page "Signature authentication" (2016-08-15); recordings of @alicloud/fc2 2.6.6; aliyun/fc-java-sdk.
 */
export async function verifyFc(request: ReceivedRequest, options: VerifyOptions): Promise<Verdict> {
  const { headers } = request;
  const authorization = FC_AUTHORIZATION.exec(headers.get("authorization") ?? "");
  if (authorization === null) {
    return refuse(
      undefined,
      "malformed_authorization",
      'Authorization is not "FC <access key id>:<signature in base64>".',
    );
  }
  const [, accessKeyId = "", signature = ""] = authorization;
  const no = (problem: VerifyProblem, detail: string): Refusal => refuse(accessKeyId, problem, detail);

  const dateHeader = headers.has("x-fc-date") ? "x-fc-date" : "date";
  const dateText = headers.get(dateHeader)?.trim();
  if (dateText === undefined) return no("missing_header", "Neither date nor x-fc-date is there.");
  const date = checkDate(dateHeader, parseFcDate(dateText), options);
  if (!date.ok) return no(date.problem, date.detail);
  const key = options.findKey(accessKeyId);
  if (key === undefined) return no("unknown_key", "The access key id of Authorization is not known.");
  if (!equalInConstantTime(headers.get("x-fc-security-token") ?? "", key.securityToken ?? "")) {
    return no("token_mismatch", "x-fc-security-token is not the token this access key was issued with.");
  }

  const parts = fcString(request, dateText);
  if (parts === undefined)
    return no("signature_mismatch", "The request target holds an escape that is malformed or not UTF-8.");
  const stringToSign = fcStringText(parts);
  const expected = await (options.hash ?? webCryptoHash).hmacSha256(key.accessKeySecret, stringToSign, "base64");
  if (equalInConstantTime(expected, signature)) {
    return { ok: true, scheme: "fc", accessKeyId, nonce: undefined, dateMs: date.dateMs };
  }
  return {
    ...no(
      "signature_mismatch",
      "The signature is not the one of this request: another secret, or a signed part was changed.",
    ),
    expected: { canonicalRequest: "", stringToSign },
  };
}

function refuse(accessKeyId: string | undefined, problem: VerifyProblem, detail: string): Refusal {
  return { ok: false, scheme: "fc", accessKeyId, problem, detail };
}
