import { checkMessage } from "./check-message.ts";
import { renderMessage } from "./render-message.ts";
import { sendCommand } from "./send-command.ts";
import type { Delivery, SendOptions } from "./send-command.ts";
import { signCommand } from "./sign-command.ts";
import { slashCommand } from "./slash-command.ts";

export interface RunOptions extends SendOptions {
  readonly url: string;
  readonly signingSecret: string;
  readonly color?: boolean;
}

/** What a terminal shows: the answer on standard output, everything that went wrong on standard error. */
export interface RunResult {
  readonly output: string;
  readonly problems: readonly string[];
}

/**
 * Types one line into the simulated Slack and draws the answer. `line` is `/command text…`; without a slash it is the text of
 * `/fc-async`. Problems are what the user of a real workspace would run into: no answer in time, a refusal, a broken limit.
 */
export async function runCommand(line: string, options: RunOptions): Promise<RunResult> {
  const request = signCommand(slashCommand(splitLine(line)), {
    signingSecret: options.signingSecret,
    nowMs: (options.now ?? Date.now)(),
  });
  const delivery = await sendCommand(options.url, request, options);
  if (delivery.outcome !== "answered") return { output: "", problems: [undelivered(delivery, options.url)] };
  if (delivery.message === undefined) return { output: "(acknowledged; Slack shows nothing)", problems: [] };
  return {
    output: renderMessage(delivery.message, { color: options.color ?? false }),
    problems: checkMessage(delivery.message).map((finding) => `Slack would refuse this message: ${finding}`),
  };
}

function undelivered(delivery: Exclude<Delivery, { outcome: "answered" }>, url: string): string {
  if (delivery.outcome === "timed_out")
    return `no answer within ${delivery.durationMs} ms: Slack would show operation_timeout`;
  if (delivery.outcome === "unreachable") return `cannot reach ${url} (${delivery.reason}): is \`pnpm start\` running?`;
  return refusal(delivery.status, delivery.reason);
}

function refusal(status: number, reason: string): string {
  const hint = status === 401 ? "; do both sides use the same SLACK_SIGNING_SECRET, and do their clocks agree?" : "";
  return `the command failed: ${reason}${hint}`;
}

function splitLine(line: string): { readonly command: string; readonly text: string } {
  const trimmed = line.trim();
  if (!trimmed.startsWith("/")) return { command: "/fc-async", text: trimmed };
  const space = trimmed.indexOf(" ");
  return space === -1
    ? { command: trimmed, text: "" }
    : { command: trimmed.slice(0, space), text: trimmed.slice(space + 1).trim() };
}
