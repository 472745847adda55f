import { displayText } from "./display-text.ts";
import { LIMITS } from "./limits.ts";

/** Text in Slack's mrkdwn that is safe to send: made only by the functions here, which escape everything from outside. */
export interface Markup {
  readonly mrkdwn: string;
}

/**
 * Template tag: strings are made displayable and escaped, numbers get thousands separators, markup stays as it is. No value
 * can make a mention, a link or a channel notification.
 */
export function markup(texts: TemplateStringsArray, ...values: readonly (string | number | Markup)[]): Markup {
  const parts = texts.map((text, index) => {
    const value = values[index];
    return value === undefined ? text : text + mrkdwnOf(value);
  });
  return { mrkdwn: parts.join("") };
}

/** A code span. Backticks cannot be escaped inside one, so they become a look-alike. */
export function code(text: string, maxCharacters: number = LIMITS.nameCharacters): Markup {
  return { mrkdwn: `\`${escapeText(displayText(text, maxCharacters).replaceAll("`", "ˋ"))}\`` };
}

/** Fenced text; lines are shown in a fixed-width font. */
export function fenced(lines: readonly string[]): Markup {
  return { mrkdwn: `\`\`\`\n${lines.map((line) => escapeText(line.replaceAll("`", "ˋ"))).join("\n")}\n\`\`\`` };
}

/**
 * A moment, in the reader's own time zone; UTC where Slack cannot say it.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text/ "date formatting"
 */
export function date(timeMs: number): Markup {
  return { mrkdwn: `<!date^${Math.floor(timeMs / 1000)}^{date_short_pretty} {time_secs}|${utcText(timeMs)}>` };
}

/** `2026-11-23 14:00:00 UTC`, for text that cannot carry date tokens. */
export function utcText(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

export function joinMarkup(parts: readonly Markup[], separator: string): Markup {
  return { mrkdwn: parts.map((part) => part.mrkdwn).join(separator) };
}

/** `1,234` */
export function numberText(value: number): string {
  return NUMBERS.format(value);
}

const NUMBERS = new Intl.NumberFormat("en-US");

function mrkdwnOf(value: string | number | Markup): string {
  if (typeof value === "number") return numberText(value);
  if (typeof value === "string") return escapeText(displayText(value, LIMITS.nameCharacters));
  return value.mrkdwn;
}

/** The ampersand first, or it would escape the other two twice. */
function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
