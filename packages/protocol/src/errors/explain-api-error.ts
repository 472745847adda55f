import type { FailureReason } from "../failure-reason.ts";
import { ERROR_CATALOGUE, type ErrorCatalogueEntry } from "./generated/error-catalogue.ts";
import type { ErrorBody } from "./parse-error-body.ts";

/** What an HTTP error means for the caller. */
export interface ApiErrorMeaning {
  readonly reason: FailureReason;
  readonly retryable: boolean;
  /** The service refused the date of the request. */
  readonly clockSkew: boolean;
  readonly nextStep: string;
}

/** Finds the meaning of an HTTP error in the catalogue, by code and sentence; by status alone when the code is unknown. */
export function explainApiError(status: number, body: Pick<ErrorBody, "code" | "message">): ApiErrorMeaning {
  const { code, message } = body;
  const entry = code === undefined ? undefined : errorEntryFor(code, message ?? "");
  const fallback = meaningOfStatus(status);
  return {
    reason: entry?.reason ?? fallback.reason,
    retryable: isRetryable(status, code),
    clockSkew: entry?.clockSkew === true,
    nextStep: entry?.nextStep ?? fallback.nextStep,
  };
}

/** 4xx is final but for throttling and a nonce that met itself; a new signature heals the latter. */
function isRetryable(status: number, code: string | undefined): boolean {
  if (status === 429 || status === 499 || status >= 500) return true;
  return code !== undefined && (code.includes("Throttling") || code === "SignatureNonceUsed");
}

interface CatalogueMatcher {
  readonly entry: ErrorCatalogueEntry;
  readonly matchesCode: (code: string) => boolean;
  readonly sentence: RegExp | undefined;
}

const matchers: readonly CatalogueMatcher[] = ERROR_CATALOGUE.map((entry) => ({
  entry,
  matchesCode: codeMatcher(entry.code),
  sentence: entry.messagePattern === undefined ? undefined : new RegExp(entry.messagePattern, "i"),
}));

/** The entry of the catalogue that an error of the service belongs to: the first that matches its code and its sentence. */
export function errorEntryFor(code: string, message: string): ErrorCatalogueEntry | undefined {
  return matchers.find((matcher) => matcher.matchesCode(code) && (matcher.sentence?.test(message) ?? true))?.entry;
}

/** A catalogue code may end or begin with `*`, standing for any text. */
function codeMatcher(pattern: string): (code: string) => boolean {
  const core = pattern.replace(/^\*/, "").replace(/\*$/, "");
  const open = { start: pattern.startsWith("*"), end: pattern.endsWith("*") };
  if (open.start && open.end) return (code) => code.includes(core);
  if (open.start) return (code) => code.endsWith(core);
  if (open.end) return (code) => code.startsWith(core);
  return (code) => code === core;
}

function meaningOfStatus(status: number): { readonly reason: FailureReason; readonly nextStep: string } {
  if (status === 401) return { reason: "auth", nextStep: "Check the access key." };
  if (status === 403) return { reason: "denied", nextStep: "Check the permissions of the access key." };
  if (status === 407) return { reason: "network", nextStep: "Check the user and password of the proxy." };
  if (status === 429) return { reason: "throttled", nextStep: "Send fewer requests per second to this account." };
  if (status === 499 || status >= 500) {
    return { reason: "server", nextStep: "Try again later; when it lasts, report the request id to the vendor." };
  }
  return { reason: "other", nextStep: "Check the endpoint, the account id and the region." };
}
