import { ACS3_ALGORITHM } from "../signing/acs3/acs3-algorithm.ts";
import type { ReceivedRequest, VerifyOptions } from "./received-request.ts";
import type { Verdict } from "./verdict.ts";
import { verifyAcs3 } from "./verify-acs3.ts";
import { verifyFc } from "./verify-fc.ts";

/**
 * Judges the signature of a received request by the scheme its `Authorization` header names. Never throws for anything that
 * can stand in a request. Whether the scheme fits the API version, and whether a nonce was used before, is for the caller.
 */
export async function verifyRequest(request: ReceivedRequest, options: VerifyOptions): Promise<Verdict> {
  const authorization = request.headers.get("authorization");
  if (authorization === undefined || authorization === "") {
    return refuse("missing_authorization", "The header authorization is missing.");
  }
  const [scheme] = authorization.split(" ", 1);
  if (scheme === ACS3_ALGORITHM) return verifyAcs3(request, options);
  if (scheme === "FC") return verifyFc(request, options);
  return refuse("malformed_authorization", `Authorization begins with neither "${ACS3_ALGORITHM}" nor "FC".`);
}

function refuse(problem: "missing_authorization" | "malformed_authorization", detail: string): Verdict {
  return { ok: false, scheme: undefined, accessKeyId: undefined, problem, detail };
}
