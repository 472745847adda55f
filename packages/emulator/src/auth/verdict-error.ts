import type { Refusal } from "@fc-async/protocol/verify";
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

/** Words a failed verification as the service would. The one place that maps the verifier's findings to error codes. */
export function verdictError(
  refusal: Refusal,
  message: ReceivedMessage,
  { words, nowMs }: { readonly words: Vocabulary; readonly nowMs: number },
): WireError {
  const { problem, detail, scheme } = refusal;
  switch (problem) {
    case "missing_authorization":
      return missingAuthorization(words);
    case "malformed_authorization":
      return malformedAuthorization(words, detail);
    case "missing_header":
      return missingHeader(words, detail);
    case "unknown_key":
      return unknownKey(words, refusal.accessKeyId ?? "");
    case "malformed_date":
      return scheme === "fc" ? invalidArgument(detail) : malformedAcs3Date(detail);
    case "skewed_date":
      return scheme === "fc" ? staleFcDate(signedDate(message), new Date(nowMs).toUTCString()) : staleAcs3Date(detail);
    case "unsigned_header":
    case "token_mismatch":
    case "content_hash_mismatch":
    case "signature_mismatch":
      return signatureRefused(words, detail);
  }
}

/** `X-Fc-Date` stands in for `Date` where a client cannot set that one. */
function signedDate({ headers }: ReceivedMessage): string {
  return headers.get("x-fc-date") ?? headers.get("date") ?? "";
}
