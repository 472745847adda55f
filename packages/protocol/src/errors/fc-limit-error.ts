import { FcError } from "./fc-error.ts";

/** An answer, or a whole list, is larger than a configured cap. */
export class FcLimitError extends FcError {
  override readonly name = "FcLimitError";
  readonly code = "FC_LIMIT";
  readonly reason = "limit";
  /** Which cap, by the name of its option: `maxBodyBytes`, `maxPages`, `maxRows`, … */
  readonly limit: string;
  /** Its value, in the unit its name says. */
  readonly maximum: number;

  constructor(message: string, details: { readonly limit: string; readonly maximum: number }) {
    super(message);
    this.limit = details.limit;
    this.maximum = details.maximum;
  }
}
