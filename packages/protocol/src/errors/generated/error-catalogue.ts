import type { FailureReason } from "../../failure-reason.ts";

/** One error the service is known to answer with. */
export interface ErrorCatalogueEntry {
  readonly code: string;
  readonly statuses: readonly number[];
  readonly messagePattern?: string;
  readonly family: "fc" | "gateway";
  readonly reason: FailureReason;
  readonly meaning: string;
  readonly cause: string;
  readonly nextStep: string;
  readonly retryable: boolean;
  readonly clockSkew?: true;
  readonly source: string;
}

export const ERROR_CATALOGUE: readonly ErrorCatalogueEntry[] = [
  {
    "code": "AccessDenied",
    "statuses": [
      403
    ],
    "messagePattern": "difference between the request time",
    "family": "fc",
    "reason": "auth",
    "meaning": "The clocks differ by more than 15 minutes.",
    "cause": "The date of the request is too far from the service's clock.",
    "nextStep": "Set the clock of this machine (NTP).",
    "retryable": false,
    "clockSkew": true,
    "source": "https://help.aliyun.com/zh/functioncompute/fc-2-0/developer-reference/error-codes"
  },
  {
    "code": "AccessDenied",
    "statuses": [
      403
    ],
    "messagePattern": "belong to you",
    "family": "fc",
    "reason": "denied",
    "meaning": "The key belongs to another account.",
    "cause": "The account id in the host does not own the key.",
    "nextStep": "Check account_id: it is the id of the account, not of a RAM user.",
    "retryable": false,
    "source": "https://help.aliyun.com/zh/functioncompute/fc-2-0/developer-reference/error-codes"
  },
  {
    "code": "AccessDenied",
    "statuses": [
      403
    ],
    "messagePattern": "not enabled",
    "family": "fc",
    "reason": "denied",
    "meaning": "Function Compute is not activated.",
    "cause": "The account has never enabled the service.",
    "nextStep": "Activate Function Compute in the console of this account.",
    "retryable": false,
    "source": "https://help.aliyun.com/zh/functioncompute/fc-2-0/developer-reference/error-codes"
  },
  {
    "code": "AccessDenied",
    "statuses": [
      403
    ],
    "family": "fc",
    "reason": "denied",
    "meaning": "The key may not do this.",
    "cause": "No RAM policy allows the action.",
    "nextStep": "Allow `fc:ListStatefulAsyncInvocationFunctions` on Resource `*` for this RAM user or role.",
    "retryable": false,
    "source": "https://help.aliyun.com/zh/functioncompute/fc-2-0/developer-reference/error-codes"
  },
  {
    "code": "SignatureNotMatch",
    "statuses": [
      403
    ],
    "family": "fc",
    "reason": "auth",
    "meaning": "The signature is wrong.",
    "cause": "The secret does not belong to the access key id.",
    "nextStep": "Check that access key id and secret are a pair.",
    "retryable": false,
    "source": "https://help.aliyun.com/zh/functioncompute/fc-2-0/developer-reference/error-codes"
  },
  {
    "code": "InvalidAccessKeyID",
    "statuses": [
      403
    ],
    "family": "fc",
    "reason": "auth",
    "meaning": "The access key id is unknown.",
    "cause": "The key was deleted or mistyped.",
    "nextStep": "Check the access key id.",
    "retryable": false,
    "source": "https://help.aliyun.com/zh/functioncompute/fc-2-0/developer-reference/error-codes"
  },
  {
    "code": "ResourceExhausted",
    "statuses": [
      429
    ],
    "family": "fc",
    "reason": "throttled",
    "meaning": "Too many requests.",
    "cause": "A limit of the account was reached.",
    "nextStep": "Lower requests_per_second or lengthen the interval.",
    "retryable": true,
    "source": "https://help.aliyun.com/zh/functioncompute/fc-2-0/developer-reference/error-codes"
  },
  {
    "code": "ResourceThrottled",
    "statuses": [
      503
    ],
    "family": "fc",
    "reason": "throttled",
    "meaning": "No capacity.",
    "cause": "The service sheds load.",
    "nextStep": "Try again later.",
    "retryable": true,
    "source": "https://help.aliyun.com/zh/functioncompute/fc-2-0/developer-reference/error-codes"
  },
  {
    "code": "ClientClosedRequest",
    "statuses": [
      499
    ],
    "family": "fc",
    "reason": "server",
    "meaning": "The connection was closed early.",
    "cause": "The caller or a proxy hung up.",
    "nextStep": "Try again.",
    "retryable": true,
    "source": "https://help.aliyun.com/zh/functioncompute/fc-2-0/developer-reference/error-codes"
  },
  {
    "code": "InternalServerError",
    "statuses": [
      500
    ],
    "family": "fc",
    "reason": "server",
    "meaning": "An internal error.",
    "cause": "A fault of the service.",
    "nextStep": "Try again; report the request id when it lasts.",
    "retryable": true,
    "source": "https://help.aliyun.com/zh/functioncompute/fc-2-0/developer-reference/error-codes"
  },
  {
    "code": "InvalidTimeStamp.Expired",
    "statuses": [
      400
    ],
    "family": "gateway",
    "reason": "auth",
    "meaning": "The date of the request is too old.",
    "cause": "The clocks differ by more than 15 minutes.",
    "nextStep": "Set the clock of this machine (NTP).",
    "retryable": false,
    "clockSkew": true,
    "source": "https://help.aliyun.com/document_detail/434846.html"
  },
  {
    "code": "SignatureNonceUsed",
    "statuses": [
      400
    ],
    "family": "gateway",
    "reason": "other",
    "meaning": "The nonce was used already.",
    "cause": "A request was sent twice.",
    "nextStep": "Sign again with a fresh nonce.",
    "retryable": true,
    "source": "https://help.aliyun.com/document_detail/434846.html"
  },
  {
    "code": "SignatureDoesNotMatch",
    "statuses": [
      400
    ],
    "family": "gateway",
    "reason": "auth",
    "meaning": "The signature is wrong.",
    "cause": "The secret does not belong to the access key id.",
    "nextStep": "Check that access key id and secret are a pair.",
    "retryable": false,
    "source": "https://help.aliyun.com/document_detail/434846.html"
  },
  {
    "code": "InvalidAccessKeyId.*",
    "statuses": [
      400,
      404
    ],
    "family": "gateway",
    "reason": "auth",
    "meaning": "The access key is unknown or disabled.",
    "cause": "The key was deleted, disabled or mistyped.",
    "nextStep": "Check the access key id.",
    "retryable": false,
    "source": "https://help.aliyun.com/document_detail/434846.html"
  },
  {
    "code": "*Throttling*",
    "statuses": [
      400,
      429
    ],
    "family": "gateway",
    "reason": "throttled",
    "meaning": "Too many requests.",
    "cause": "A limit of the user or the API was reached.",
    "nextStep": "Lower requests_per_second or lengthen the interval.",
    "retryable": true,
    "source": "https://help.aliyun.com/document_detail/434846.html"
  },
  {
    "code": "InvalidArgument",
    "statuses": [
      400
    ],
    "family": "fc",
    "reason": "other",
    "meaning": "A parameter is not acceptable.",
    "cause": "limit is not a whole number from 1 to 100, or nextToken is not one of this list.",
    "nextStep": "Correct the parameter the message names; begin without nextToken.",
    "retryable": false,
    "source": "https://help.aliyun.com/zh/functioncompute/fc-2-0/developer-reference/error-codes"
  },
  {
    "code": "MissingRequiredHeader",
    "statuses": [
      400
    ],
    "family": "fc",
    "reason": "other",
    "meaning": "A header the call needs was not sent.",
    "cause": "The request was not signed by a complete client, or a proxy dropped the header.",
    "nextStep": "Send the header that the message names.",
    "retryable": false,
    "source": "https://help.aliyun.com/zh/functioncompute/fc-2-0/developer-reference/error-codes"
  },
  {
    "code": "IncompleteSignature",
    "statuses": [
      400
    ],
    "family": "gateway",
    "reason": "auth",
    "meaning": "The Authorization header lacks a part, or a header that must be signed is not.",
    "cause": "The request was signed by hand or changed on its way.",
    "nextStep": "Sign host and every x-acs-* header, and let no proxy add some.",
    "retryable": false,
    "source": "https://help.aliyun.com/document_detail/434846.html"
  },
  {
    "code": "InvalidTimeStamp.Format",
    "statuses": [
      400
    ],
    "family": "gateway",
    "reason": "auth",
    "meaning": "The date of the request cannot be read.",
    "cause": "x-acs-date is not in the form 2026-11-23T08:56:27Z.",
    "nextStep": "Send UTC with whole seconds and a final Z.",
    "retryable": false,
    "source": "https://help.aliyun.com/document_detail/434846.html"
  }
];
