import type { PollFailure } from "@fc-async/inventory";
import { displayText } from "./display-text.ts";
import { markup, type Markup } from "./markup.ts";

/** The service's own are half as long. */
const MAX_ID_CHARACTERS = 64;

/** Each reason as a person would say it; the same closed set as in metrics and logs. */
const WORDS: Readonly<Record<PollFailure["reason"], string>> = {
  auth: "credentials refused",
  denied: "access denied",
  throttled: "throttled by the service",
  timeout: "timed out",
  network: "service unreachable",
  tls: "TLS failed",
  server: "the service failed",
  invalid_response: "unreadable answer",
  pagination: "the list never ended",
  limit: "the list exceeds a configured limit",
  other: "failed",
};

/**
 * Says why a read failed, with the service's own code and request id when it answered. Addresses and the message itself stay
 * in the log: a channel is no place for them.
 */
export function failureWords(failure: PollFailure | undefined): Markup {
  if (failure === undefined) return markup`failed`;
  const { serverCode, requestId } = failure;
  const code = serverCode === undefined ? markup`` : markup`, ${displayText(serverCode, MAX_ID_CHARACTERS)}`;
  const request = requestId === undefined ? markup`` : markup`, request ${displayText(requestId, MAX_ID_CHARACTERS)}`;
  return markup`${WORDS[failure.reason]}${code}${request}`;
}
