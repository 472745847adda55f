import type { FailureReason } from "../failure-reason.ts";
import { FcError } from "./fc-error.ts";

/** What an `FcApiError` is made of. */
export interface FcApiErrorDetails {
  readonly reason: FailureReason;
  readonly status: number;
  readonly serverCode: string | undefined;
  readonly serverMessage: string | undefined;
  readonly requestId: string | undefined;
  readonly traceId: string | undefined;
  readonly retryable: boolean;
  readonly retryAtMs: number | undefined;
  readonly nextStep: string;
}

/** The service answered with an HTTP error. */
export class FcApiError extends FcError {
  override readonly name = "FcApiError";
  readonly code = "FC_API";
  readonly reason: FailureReason;
  readonly status: number;
  /** `AccessDenied`, `Throttling.User`, …; `undefined` when the body was not an error of the service (a proxy's page). */
  readonly serverCode: string | undefined;
  readonly serverMessage: string | undefined;
  readonly requestId: string | undefined;
  readonly traceId: string | undefined;
  /** Whether the same request may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  /** Earliest moment to try again that the service named, in milliseconds since the epoch. */
  readonly retryAtMs: number | undefined;
  /** What a person can do about it. */
  readonly nextStep: string;

  constructor(message: string, details: FcApiErrorDetails) {
    super(message);
    this.reason = details.reason;
    this.status = details.status;
    this.serverCode = details.serverCode;
    this.serverMessage = details.serverMessage;
    this.requestId = details.requestId;
    this.traceId = details.traceId;
    this.retryable = details.retryable;
    this.retryAtMs = details.retryAtMs;
    this.nextStep = details.nextStep;
  }
}
