import { createHmac } from "node:crypto";

/**
 * The signing secret of the development set-up, on both sides. It protects nothing: it is in the repository.
 */
export const DEVELOPMENT_SIGNING_SECRET: string = "development-only-signing-secret";

/**
 * The fields of a slash command as Slack posts them, in Slack's order.
 *
 * @see https://docs.slack.dev/interactivity/implementing-slash-commands/
 */
export interface SlashCommandFields {
  readonly token: string;
  readonly team_id: string;
  readonly team_domain: string;
  readonly channel_id: string;
  readonly channel_name: string;
  readonly user_id: string;
  readonly user_name: string;
  /** With the slash: `/fc-async`. */
  readonly command: string;
  /** As it travels: `& < >` are entities already. */
  readonly text: string;
  /** Newer workspaces send it, the documentation's recorded request does not have it. */
  readonly api_app_id?: string;
  /** The words `true` or `false`. */
  readonly is_enterprise_install?: string;
  readonly response_url: string;
  readonly trigger_id: string;
}

/** A request ready to be posted: the signature covers exactly these body characters. */
export interface SignedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a signature depends on beside the body. */
export interface SigningContext {
  readonly signingSecret: string;
  /** Milliseconds since the epoch; the signature carries whole seconds. */
  readonly nowMs: number;
}

/**
 * Signs any body the way Slack does: `v0=` and the lower-case hexadecimal HMAC-SHA256 of `v0:{unix seconds}:{raw body}`.
 *
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack/
 */
export function signBody(body: string, contentType: string, context: SigningContext): SignedRequest {
  const timestamp = String(Math.floor(context.nowMs / 1000));
  const hmac = createHmac("sha256", context.signingSecret).update(`v0:${timestamp}:${body}`);
  return {
    headers: {
      "content-type": contentType,
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${hmac.digest("hex")}`,
    },
    body,
  };
}

/** Encodes and signs one slash command. */
export function signCommand(fields: SlashCommandFields, context: SigningContext): SignedRequest {
  const body = new URLSearchParams(Object.entries(fields)).toString();
  return signBody(body, "application/x-www-form-urlencoded", context);
}
