import { formatIso8601Seconds } from "../../clock/iso8601-seconds.ts";
import { formatRfc1123 } from "../../clock/rfc1123.ts";
import { EMPTY_SHA256_HEX } from "../../hash/empty-sha256-hex.ts";
import type { MaybePromise } from "../../hash/signature-hash.ts";
import { whenReady } from "../../hash/when-ready.ts";
import type { HeaderPair, RequestToSign, SigningMoment } from "../request-to-sign.ts";
import { acs3Authorization } from "./authorization.ts";
import { acs3CanonicalRequest, acs3HeaderNames } from "./canonical-request.ts";
import { acs3Signature } from "./signature.ts";
import { acs3SignedHeaders } from "./signed-headers.ts";
import { acs3StringToSign } from "./string-to-sign.ts";

/** What an ACS3 signature needs beside the request. */
export interface Acs3Moment extends SigningMoment {
  /** `x-acs-action`, e.g. `ListStatefulAsyncInvocationFunctions`. */
  readonly action: string;
  /** `x-acs-version`, e.g. `2021-04-06`. */
  readonly version: string;
  /** `x-acs-signature-nonce`: never used before with this key. */
  readonly nonce: string;
}

/**
 * Signs a request with ACS3-HMAC-SHA256. Answers all headers to send: those of the request, `host`, the scheme's own, and an
 * unsigned `x-fc-date`. Synchronous when the hash is.
 *
 * Source: vendor page "V3 request structure and signature"; recordings of @alicloud/fc-open20210406 2.0.13.
 */
export function signAcs3(request: RequestToSign, moment: Acs3Moment): MaybePromise<HeaderPair[]> {
  const { credentials, hash } = moment;
  const bodySha256Hex = request.bodySha256Hex ?? EMPTY_SHA256_HEX;
  const headers: HeaderPair[] = [
    ["host", request.host],
    ["x-acs-version", moment.version],
    ["x-acs-action", moment.action],
    ["x-acs-date", formatIso8601Seconds(moment.dateMs)],
    ["x-acs-signature-nonce", moment.nonce],
    ["x-acs-content-sha256", bodySha256Hex],
    ["x-fc-date", formatRfc1123(moment.dateMs)],
  ];
  if (credentials.securityToken !== undefined && credentials.securityToken !== "") {
    headers.push(["x-acs-accesskey-id", credentials.accessKeyId], ["x-acs-security-token", credentials.securityToken]);
  }
  headers.push(...request.headers);

  const signedHeaders = acs3SignedHeaders(headers);
  const canonicalRequest = acs3CanonicalRequest({ ...request, signedHeaders, bodySha256Hex });
  return whenReady(acs3StringToSign(canonicalRequest, hash), (stringToSign) =>
    whenReady(acs3Signature(stringToSign, credentials.accessKeySecret, hash), (signature) => {
      headers.push([
        "authorization",
        acs3Authorization(credentials.accessKeyId, acs3HeaderNames(signedHeaders), signature),
      ]);
      return headers;
    }),
  );
}
