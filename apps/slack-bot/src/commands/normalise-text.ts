/**
 * Undoes what Slack and phones do to typed text: links and channel references become the words that were typed, entities
 * become characters, curly quotes straight ones, a long dash before a word `--`, exotic blanks a space, and composed
 * characters their shortest form (NFC). Control and invisible characters go.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text/ "how to escape characters", "retrieving formatted messages"
 */
export function normaliseText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(LINK_WITH_LABEL, "$1")
    .replaceAll(BARE_REFERENCE, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replaceAll(BLANK, " ")
    .replaceAll(INVISIBLE, "")
    .normalize("NFC")
    .replaceAll(DOUBLE_QUOTE, '"')
    .replaceAll(SINGLE_QUOTE, "'")
    .replaceAll(DASH_BEFORE_WORD, "--")
    .trim();
}

/** `<http://a.b|a.b>`, `<#C024|general>`, `<@U024|ada>`: what was typed stands behind the bar. */
const LINK_WITH_LABEL = /<[^<>|]*\|([^<>|]*)>/gu;
const BARE_REFERENCE = /<([^<>|]*)>/gu;
const BLANK = /[\s\u00A0\u2000-\u200A\u202F\u205F\u3000]+/gu;
const INVISIBLE = /[\p{Cc}\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;
const DOUBLE_QUOTE = /[“”„‟«»″]/gu;
const SINGLE_QUOTE = /[‘’‚‛′]/gu;
const DASH_BEFORE_WORD = /(?<=^|\s)[—–](?=\S)/gu;
