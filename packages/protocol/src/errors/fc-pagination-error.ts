import { FcError } from "./fc-error.ts";

/** The tokens of a list lead nowhere: one came back, or too many empty pages followed each other. */
export class FcPaginationError extends FcError {
  override readonly name = "FcPaginationError";
  readonly code = "FC_PAGINATION";
  readonly reason = "pagination";
  /** Pages from the first sight of the repeated token to its return: 1 for a token that repeats itself. */
  readonly cycleLength: number | undefined;

  constructor(message: string, details: { readonly cycleLength?: number | undefined } = {}) {
    super(message);
    this.cycleLength = details.cycleLength;
  }
}
