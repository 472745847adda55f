import type { FailureReason } from "./failure-reason.ts";

/** What happened inside one call, for counters, histograms and logs. Never carries a secret, a URL or a name. */
export type CallEvent =
  /** One HTTP attempt ended; `outcome` is `ok` or why it failed. */
  | {
      readonly type: "attempt";
      readonly durationMs: number;
      readonly outcome: "ok" | FailureReason;
      readonly status: number | undefined;
      readonly requestId: string | undefined;
      readonly traceId: string | undefined;
    }
  /** The attempt before failed and another one follows after `delayMs`. */
  | { readonly type: "retry"; readonly attempt: number; readonly delayMs: number; readonly reason: FailureReason }
  /** Our own rate limiter made the attempt wait. */
  | { readonly type: "rate_limit_wait"; readonly waitMs: number }
  /** The clock offset of the service was learned: its clock minus ours. */
  | { readonly type: "clock_skew"; readonly skewMs: number };
