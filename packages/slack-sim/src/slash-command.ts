import type { SlashCommandFields } from "./sign-command.ts";

/** What a test or a terminal decides about a command; everything else is filled in as a workspace would. */
export interface SlashCommandInput {
  /** What the user typed after the command, unescaped. Default: nothing. */
  readonly text?: string;
  /** Default `/fc-async`. */
  readonly command?: string;
  readonly userId?: string;
  readonly channelId?: string;
  readonly teamId?: string;
  /** Unique per delivery; two deliveries with one id are duplicates. Default: a fresh one. */
  readonly triggerId?: string;
  /** Default: an address under hooks.slack.com that leads nowhere. */
  readonly responseUrl?: string;
  /** Makes the unpredictable part of fresh ids. Default `crypto.randomUUID`. */
  readonly newId?: () => string;
}

/** The fields Slack would post when a user of a small workspace types this command. */
export function slashCommand(input: SlashCommandInput = {}): SlashCommandFields {
  const id = (input.newId ?? (() => crypto.randomUUID()))();
  return {
    token: "legacy-verification-token-ignored",
    team_id: input.teamId ?? "T0SIMULATED",
    team_domain: "simulated",
    channel_id: input.channelId ?? "C0SIMULATED",
    channel_name: "general",
    user_id: input.userId ?? "U0SIMULATED",
    user_name: "developer",
    command: input.command ?? "/fc-async",
    text: escapeEntities(input.text ?? ""),
    api_app_id: "A0SIMULATED",
    is_enterprise_install: "false",
    response_url: input.responseUrl ?? `https://hooks.slack.com/commands/T0SIMULATED/${id}`,
    trigger_id: input.triggerId ?? `1.1.${id}`,
  };
}

/** Slack escapes exactly these three characters in what users type. */
function escapeEntities(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
