import type { ContextBlock, HeaderBlock, SectionBlock } from "@slack/types";
import { displayText } from "./display-text.ts";
import { LIMITS } from "./limits.ts";
import { markup, type Markup } from "./markup.ts";

/** A headline in plain text, cut at what Slack takes. */
export function header(text: string): HeaderBlock {
  const fitting = displayText(text, LIMITS.headerCharacters);
  // Slack counts UTF-16 code units: astral characters count twice.
  const shown = fitting.length <= LIMITS.headerCharacters ? fitting : displayText(text, LIMITS.headerCharacters / 2);
  return { type: "header", text: { type: "plain_text", text: shown, emoji: false } };
}

/** A paragraph of whole lines; those that do not fit are counted, not cut. */
export function section(lines: readonly Markup[]): SectionBlock {
  return { type: "section", text: { type: "mrkdwn", text: fittingLines(lines), verbatim: true } };
}

/** Small print. */
export function context(lines: readonly Markup[]): ContextBlock {
  return { type: "context", elements: [{ type: "mrkdwn", text: fittingLines(lines), verbatim: true }] };
}

function fittingLines(lines: readonly Markup[]): string {
  const whole = lines.map((line) => line.mrkdwn).join("\n");
  if (whole.length <= LIMITS.sectionCharacters) return whole;
  let kept = lines.length - 1;
  while (kept > 0 && withRemainder(lines, kept).length > LIMITS.sectionCharacters) kept -= 1;
  return withRemainder(lines, kept);
}

function withRemainder(lines: readonly Markup[], kept: number): string {
  const remainder = markup`… and ${lines.length - kept} more lines`;
  return [...lines.slice(0, kept), remainder].map((line) => line.mrkdwn).join("\n");
}
