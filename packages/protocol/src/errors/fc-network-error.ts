import { FcError } from "./fc-error.ts";

/** The connection failed (`network`) or the peer's certificate was refused (`tls`): there is no answer. */
export class FcNetworkError extends FcError {
  override readonly name = "FcNetworkError";
  readonly code = "FC_NETWORK";
  readonly reason: "network" | "tls";
  /** Whether the same request may succeed when sent again; false for a refused certificate or address. */
  readonly retryable: boolean;

  constructor(
    message: string,
    details: { readonly reason: "network" | "tls"; readonly retryable: boolean; readonly cause?: unknown },
  ) {
    super(message, { cause: details.cause });
    this.reason = details.reason;
    this.retryable = details.retryable;
  }
}
