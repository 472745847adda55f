import { escapeControlCharacters, FcApiError, FcResponseError, isFcError } from "@fc-async/protocol";
import type { PollFailure } from "../store/inventory-store.ts";

const MAX_MESSAGE_LENGTH = 1000;

/** What the error of a walk counts as, and how it is told. The only place that maps errors to failures. */
export function failureOf(error: unknown): PollFailure {
  const text = error instanceof Error ? error.message : String(error);
  return {
    reason: isFcError(error) ? error.reason : "other",
    message: escapeControlCharacters(text).slice(0, MAX_MESSAGE_LENGTH).toWellFormed(),
    serverCode: error instanceof FcApiError ? error.serverCode : undefined,
    requestId: error instanceof FcApiError || error instanceof FcResponseError ? error.requestId : undefined,
  };
}

/** When the service itself asked to be left alone until, in milliseconds since the epoch. */
export function retryAtMsOf(error: unknown): number | undefined {
  return error instanceof FcApiError ? error.retryAtMs : undefined;
}
