import { isValidSlackRequest } from "@slack/bolt";

/** What a request says about its sender. */
export interface Delivery {
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  readonly body: string;
}

export type DeliveryVerdict =
  | { readonly ok: true; readonly signature: string }
  | { readonly ok: false; readonly problem: "unsigned" | "wrong_time" | "wrong_signature" };

/** Slack's own figure for what is a replay, in both directions. */
const MAX_SKEW_SECONDS = 300;

/**
 * Decides whether Slack sent this. Bolt's verifier compares the signature; it accepts timestamps from the future and junk
 * behind a second `=`, which would make one signature look like many, so time and shape are judged before.
 *
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack/
 */
export function verifyDelivery(delivery: Delivery, signingSecret: string, nowMs: number): DeliveryVerdict {
  const { timestamp = "", signature = "", body } = delivery;
  if (!/^[1-9]\d{0,11}$/u.test(timestamp) || !/^v0=[0-9a-f]{64}$/u.test(signature)) {
    return { ok: false, problem: "unsigned" };
  }
  const seconds = Number(timestamp);
  if (Math.abs(Math.floor(nowMs / 1000) - seconds) > MAX_SKEW_SECONDS) return { ok: false, problem: "wrong_time" };
  const headers = { "x-slack-signature": signature, "x-slack-request-timestamp": seconds };
  return isValidSlackRequest({ signingSecret, body, headers, nowMilliseconds: nowMs })
    ? { ok: true, signature }
    : { ok: false, problem: "wrong_signature" };
}
