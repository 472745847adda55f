import { FcError } from "./fc-error.ts";

/**
 * Where the tokens of a list lead instead of to its end: back to a page that was read, through empty page after empty page, or
 * nowhere, because the service no longer takes a token it gave.
 */
export type PaginationProblem = "repeated_token" | "empty_pages" | "refused_token";

/** A list that cannot be read to its end by its tokens. */
export class FcPaginationError extends FcError {
  override readonly name = "FcPaginationError";
  readonly code = "FC_PAGINATION";
  readonly reason = "pagination";
  readonly problem: PaginationProblem;
  /** Pages from the first sight of the repeated token to its return: 1 for a token that repeats itself. */
  readonly cycleLength: number | undefined;

  constructor(
    message: string,
    details: {
      readonly problem: PaginationProblem;
      readonly cycleLength?: number | undefined;
      readonly cause?: unknown;
    },
  ) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.problem = details.problem;
    this.cycleLength = details.cycleLength;
  }
}
