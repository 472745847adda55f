import { formatRfc1123 } from "../../clock/rfc1123.ts";
import type { MaybePromise } from "../../hash/signature-hash.ts";
import { whenReady } from "../../hash/when-ready.ts";
import type { HeaderPair, RequestToSign, SigningMoment } from "../request-to-sign.ts";
import { fcAuthorization } from "./authorization.ts";
import { fcCanonicalResource } from "./canonical-resource.ts";
import { fcSignature } from "./signature.ts";
import { fcStringToSign } from "./string-to-sign.ts";

/**
 * Signs a request with the `FC` scheme of 2016-08-15. Answers all headers to send. `date` and `x-fc-date` carry the same
 * value: some of the vendor's readers let the latter replace the former, and both readings agree then. Synchronous when the
 * hash is.
 */
export function signFc(request: RequestToSign, moment: SigningMoment): MaybePromise<HeaderPair[]> {
  const { credentials, hash } = moment;
  const date = formatRfc1123(moment.dateMs);
  const headers: HeaderPair[] = [
    ["host", request.host],
    ["date", date],
    ["x-fc-date", date],
  ];
  const { securityToken } = credentials;
  if (securityToken !== undefined && securityToken !== "") headers.push(["x-fc-security-token", securityToken]);
  headers.push(...request.headers);

  const resource = fcCanonicalResource(request.path, request.query);
  const stringToSign = fcStringToSign({ method: request.method, headers, resource });
  return whenReady(fcSignature(stringToSign, credentials.accessKeySecret, hash), (signature) => {
    headers.push(["authorization", fcAuthorization(credentials.accessKeyId, signature)]);
    return headers;
  });
}
