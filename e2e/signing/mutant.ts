import type { SentRequest, Verdict } from "./exchange.ts";

/** A scheme with one stage done wrong, and what the service has to say to it. */
export interface Mutant<Stages> {
  /** What is wrong, to be read behind "refuses". */
  readonly name: string;
  readonly stages: Partial<Stages>;
  readonly refusal: Verdict;
}

/** The mutants of one stage. */
export interface MutantGroup<Stages> {
  readonly stage: string;
  readonly mutants: readonly Mutant<Stages>[];
}

export const NOT_MATCHED: Verdict = { status: 403, code: "SignatureNotMatch" };
export const MALFORMED: Verdict = { status: 400, code: "InvalidArgument" };
export const INCOMPLETE: Verdict = { status: 400, code: "MissingRequiredHeader" };
export const UNKNOWN_KEY: Verdict = { status: 403, code: "InvalidAccessKeyID" };

/** The request with another value for one of its headers, or without that header. */
export function withHeader(request: SentRequest, name: string, value: string | undefined): SentRequest {
  const headers = request.headers.flatMap(([other, old]) => {
    if (other !== name) return [[other, old] as const];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...request, headers };
}
