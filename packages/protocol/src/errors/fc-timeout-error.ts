import { FcError } from "./fc-error.ts";

/** What was waited for in vain: the connection, the first byte, the rest of the body, the attempt as a whole, or a whole walk. */
export type TimeoutPhase = "connect" | "headers" | "body" | "attempt" | "walk";

/** A deadline of ours passed. */
export class FcTimeoutError extends FcError {
  override readonly name = "FcTimeoutError";
  readonly code = "FC_TIMEOUT";
  readonly reason = "timeout";
  readonly phase: TimeoutPhase;
  readonly timeoutMs: number;

  constructor(message: string, details: { readonly phase: TimeoutPhase; readonly timeoutMs: number }) {
    super(message);
    this.phase = details.phase;
    this.timeoutMs = details.timeoutMs;
  }
}
