import type { WireError } from "./wire-error.ts";

/**
 * Every refusal the emulator gives by itself, worded as documented or observed, followed by what exactly was wrong.
 *
 * Two hosts, two vocabularies. The direct host answers with the codes of Function Compute, the gateway host with those of the
 * API gateway; no source settles what the direct host answers to a bad ACS3 signature. Where only one vocabulary has a word
 * (a reused nonce, a stale `x-acs-date`), both hosts use it.
 *
 * @see https://www.alibabacloud.com/help/en/function-compute/latest/error-codes
 * @see https://help.aliyun.com/document_detail/434846.html for the codes of the gateway
 */
export type Vocabulary = "service" | "gateway";

const NOT_YOURS = "The service or function doesn't belong to you.";

export function pathNotSupported(words: Vocabulary, method: string, path: string): WireError {
  return words === "gateway"
    ? {
        status: 404,
        code: "InvalidApi.NotFound",
        message: "Specified api is not found, please check your url and method.",
      }
    : { status: 400, code: "PathNotSupported", message: `'${method}' against '${path}' is not supported` };
}

export function entityTooLarge(maxBodyBytes: number): WireError {
  return {
    status: 400,
    code: "EntityTooLarge",
    message: `payload size exceeds maximum allowed size (${maxBodyBytes} bytes)`,
  };
}

export function invalidArgument(detail: string): WireError {
  return { status: 400, code: "InvalidArgument", message: detail };
}

export function missingAuthorization(words: Vocabulary): WireError {
  return words === "gateway"
    ? incompleteSignature("The header Authorization is missing.")
    : { status: 400, code: "MissingRequiredHeader", message: "required HTTP header Authorization was not specified" };
}

export function missingHeader(words: Vocabulary, detail: string): WireError {
  return words === "gateway"
    ? incompleteSignature(detail)
    : { status: 400, code: "MissingRequiredHeader", message: `a required HTTP header was not specified. ${detail}` };
}

export function malformedAuthorization(words: Vocabulary, detail: string): WireError {
  return words === "gateway" ? incompleteSignature(detail) : invalidArgument(detail);
}

function incompleteSignature(detail: string): WireError {
  const message = `The request signature does not conform to the standards. ${detail}`;
  return { status: 400, code: "IncompleteSignature", message };
}

export function signatureRefused(words: Vocabulary, detail: string): WireError {
  return words === "gateway"
    ? {
        status: 400,
        code: "SignatureDoesNotMatch",
        message: `Specified signature is not matched with our calculation. ${detail}`,
      }
    : {
        status: 403,
        code: "SignatureNotMatch",
        message:
          "The request signature we calculated does not match the signature you provided. " +
          `Check your access key and signing method. ${detail}`,
      };
}

export function unknownKey(words: Vocabulary, accessKeyId: string): WireError {
  return words === "gateway"
    ? { status: 404, code: "InvalidAccessKeyId.NotFound", message: "Specified access key is not found." }
    : { status: 403, code: "InvalidAccessKeyID", message: `invalid access key ID '${accessKeyId}'` };
}

export function malformedAcs3Date(detail: string): WireError {
  return {
    status: 400,
    code: "InvalidTimeStamp.Format",
    message: `Specified time stamp or date value is not well formatted. ${detail}`,
  };
}

export function staleAcs3Date(detail: string): WireError {
  return {
    status: 400,
    code: "InvalidTimeStamp.Expired",
    message: `Specified time stamp or date value is expired. ${detail}`,
  };
}

/** The sentence is observed; its code is not shown anywhere. */
export function staleFcDate(requestTime: string, currentTime: string): WireError {
  return {
    status: 403,
    code: "AccessDenied",
    message: `the difference between the request time '${requestTime}' and the current time '${currentTime}' is too large`,
  };
}

export function nonceUsed(): WireError {
  return { status: 400, code: "SignatureNonceUsed", message: "Specified signature nonce was used already." };
}

export function inactiveKey(): WireError {
  return { status: 400, code: "InvalidAccessKeyId.Inactive", message: "Specified access key is disabled." };
}

export function expiredKey(): WireError {
  return { status: 400, code: "InvalidSecurityToken.Expired", message: "Specified SecurityToken is expired." };
}

/** The sentence is observed for another action; which resource it names for this one is not settled. */
export function notAuthorized(action: string, resource: string): WireError {
  return {
    status: 403,
    code: "AccessDenied",
    message: `the caller is not authorized to perform '${action}' on resource '${resource}'`,
  };
}

/** The meaning of both codes is documented; the sentence of the service's own is not. */
export function throttled(code: "ResourceExhausted" | "Throttling.User"): WireError {
  return code === "ResourceExhausted"
    ? { status: 429, code, message: "Request was denied: too many requests of this account in this region." }
    : { status: 400, code, message: "Request was denied due to user flow control." };
}

/** The emulator is about to give an answer that the description in openapi/ does not allow. */
export function contractBroken(violations: readonly string[]): WireError {
  return {
    status: 500,
    code: "InternalServerError",
    message: `the emulator's own answer breaks the contract: ${violations.join("; ")}`,
  };
}

export function foreignAccount(detail: string): WireError {
  return { status: 403, code: "AccessDenied", message: `${NOT_YOURS} ${detail}` };
}
