import { FcError } from "./fc-error.ts";

/** An answer came, but it is not what the contract says. Nothing of it is used. */
export class FcResponseError extends FcError {
  override readonly name = "FcResponseError";
  readonly code = "FC_RESPONSE";
  readonly reason = "invalid_response";
  readonly status: number | undefined;
  /** `X-Fc-Request-Id` of the answer. */
  readonly requestId: string | undefined;
  /** The first 200 characters of the body, control characters escaped. May hold names: for debug logs only. */
  readonly bodyExcerpt: string | undefined;

  constructor(
    message: string,
    details: {
      readonly status?: number | undefined;
      readonly requestId?: string | undefined;
      readonly bodyExcerpt?: string | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
    this.status = details.status;
    this.requestId = details.requestId;
    this.bodyExcerpt = details.bodyExcerpt;
  }
}
