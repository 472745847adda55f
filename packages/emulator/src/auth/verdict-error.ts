import { formatRfc1123, type Refusal, type VerifyProblem } from "@fc-async/protocol/verify";
import {
  invalidArgument,
  malformedAcs3Date,
  malformedAuthorization,
  missingAuthorization,
  missingHeader,
  signatureRefused,
  staleAcs3Date,
  staleFcDate,
  unknownKey,
  type Vocabulary,
} from "../errors/refusals.ts";
import type { WireError } from "../errors/wire-error.ts";
import type { ReceivedMessage } from "../exchange/received-message.ts";

/** What the wording of a refusal depends on. */
interface Case {
  readonly refusal: Refusal;
  readonly message: ReceivedMessage;
  readonly words: Vocabulary;
  readonly nowMs: number;
}

const wrongSignature = ({ words, refusal }: Case): WireError => signatureRefused(words, refusal.detail);

/** The one place that maps the verifier's findings to error codes. */
const ERROR_OF: Readonly<Record<VerifyProblem, (found: Case) => WireError>> = {
  missing_authorization: ({ words }) => missingAuthorization(words),
  malformed_authorization: ({ words, refusal }) => malformedAuthorization(words, refusal.detail),
  missing_header: ({ words, refusal }) => missingHeader(words, refusal.detail),
  unknown_key: ({ words, refusal }) => unknownKey(words, refusal.accessKeyId ?? ""),
  malformed_date: ({ refusal: { scheme, detail } }) =>
    scheme === "fc" ? invalidArgument(detail) : malformedAcs3Date(detail),
  skewed_date: ({ refusal: { scheme, detail }, message, nowMs }) =>
    scheme === "fc" ? staleFcDate(signedDate(message), formatRfc1123(nowMs)) : staleAcs3Date(detail),
  unsigned_header: wrongSignature,
  token_mismatch: wrongSignature,
  content_hash_mismatch: wrongSignature,
  signature_mismatch: wrongSignature,
};

/** Words a failed verification as the service would. */
export function verdictError(
  refusal: Refusal,
  message: ReceivedMessage,
  { words, nowMs }: { readonly words: Vocabulary; readonly nowMs: number },
): WireError {
  return ERROR_OF[refusal.problem]({ refusal, message, words, nowMs });
}

/** `X-Fc-Date` stands in for `Date` where a client cannot set that one. */
function signedDate({ headers }: ReceivedMessage): string {
  return headers.get("x-fc-date") ?? headers.get("date") ?? "";
}
