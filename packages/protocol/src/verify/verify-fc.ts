import { parseFcDate } from "../clock/rfc1123.ts";
import { webCryptoHash } from "../hash/web-crypto-hash.ts";
import { checkDate } from "./check-date.ts";
import { equalInConstantTime } from "./equal-in-constant-time.ts";
import type { ReceivedRequest, VerifyOptions } from "./received-request.ts";
import { readTarget } from "./received-target.ts";
import type { Refusal, Verdict, VerifyProblem } from "./verdict.ts";

const AUTHORIZATION = /^FC ([^:\s]+):([A-Za-z0-9+/]{43}=)$/;
const HTTP_TRIGGER = /^\/[^/]+\/proxy\//;

/**
 * Judges a signature of the `FC` scheme from what was received. `x-fc-date` stands for `Date` when it is there (it exists for
 * callers that cannot set `Date`). The query of an API call is not signed; that of an HTTP trigger is.
 *
 * Source: vendor page "Signature authentication" (2016-08-15); recordings of @alicloud/fc2 2.6.6; aliyun/fc-java-sdk.
 */
export async function verifyFc(request: ReceivedRequest, options: VerifyOptions): Promise<Verdict> {
  const { headers } = request;
  const authorization = AUTHORIZATION.exec(headers.get("authorization") ?? "");
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

  const resource = resourceOf(request.target);
  if (resource === undefined)
    return no("signature_mismatch", "The request target holds an escape that is malformed or not UTF-8.");
  const names = [...headers.keys()].filter((name) => name.startsWith("x-fc-")).toSorted();
  const own = names.map((name) => `${name}:${(headers.get(name) ?? "").trim()}\n`);
  const stringToSign = [
    request.method,
    headers.get("content-md5")?.trim() ?? "",
    headers.get("content-type")?.trim() ?? "",
    dateText,
    own.join("") + resource,
  ].join("\n");
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

function resourceOf(rawTarget: string): string | undefined {
  const target = readTarget(rawTarget);
  if (target === undefined || !HTTP_TRIGGER.test(target.rawPath)) return target?.decodedPath;
  const lines = target.parameters.map(([name, value]) => `${name}=${value}`);
  return `${target.decodedPath}\n${lines.toSorted().join("\n")}`;
}

function refuse(accessKeyId: string | undefined, problem: VerifyProblem, detail: string): Refusal {
  return { ok: false, scheme: "fc", accessKeyId, problem, detail };
}
