/**
 * Why a read failed: one closed set, the same word in metrics, logs, Slack and the store.
 *
 * - `auth`: the key is unknown, disabled, expired, or its signature does not match.
 * - `denied`: the key is good but may not do this (RAM policy, foreign account, service not enabled).
 * - `throttled`: the service asked for fewer requests. `timeout`: a deadline of ours passed.
 * - `network`: the connection failed. `tls`: the peer's certificate was refused. `server`: 5xx.
 * - `invalid_response`: an answer that is not the contract. `pagination`: tokens that never end.
 * - `limit`: an answer beyond a configured cap. `other`: everything else.
 */
export const FAILURE_REASONS = [
  "auth",
  "denied",
  "throttled",
  "timeout",
  "network",
  "tls",
  "server",
  "invalid_response",
  "pagination",
  "limit",
  "other",
] as const;

export type FailureReason = (typeof FAILURE_REASONS)[number];
