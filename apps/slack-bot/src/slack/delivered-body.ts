/** Slack's own spelling; Bolt compares it literally. */
const FORM = "application/x-www-form-urlencoded";
/** A slash command has some fifteen; Bolt's parser drops what comes behind a thousand. */
const MAX_FIELDS = 100;

/**
 * Whether Slack only tests that the app can be reached over TLS.
 *
 * @see https://docs.slack.dev/interactivity/implementing-slash-commands/ "ssl_check"
 */
export function isSslCheck(body: string, contentType: string): boolean {
  if (contentType !== FORM) return false;
  const values = new URLSearchParams(body).getAll("ssl_check");
  return values.length === 1 && values[0] === "1";
}

/**
 * What a verified delivery is.
 *
 * - `for_bolt`: a slash command, or the check of a request URL.
 * - `other`: an event, a click, a notice; nothing of them is served, and Bolt leaves those it cannot type without an answer
 *   for three seconds.
 * - `unreadable`: neither a form nor a JSON object, or one with more fields than anything of Slack's.
 */
export type DeliveryKind = "for_bolt" | "other" | "unreadable";

export function kindOf(body: string, contentType: string): DeliveryKind {
  if (contentType !== FORM) {
    const value = jsonObject(body);
    if (value === undefined) return "unreadable";
    return "type" in value && value.type === "url_verification" ? "for_bolt" : "other";
  }
  const fields = new URLSearchParams(body);
  if (fields.size > MAX_FIELDS) return "unreadable";
  const payloads = fields.getAll("payload");
  if (payloads.length === 0) return fields.has("command") ? "for_bolt" : "unreadable";
  return payloads.every((payload) => jsonObject(payload) !== undefined) ? "other" : "unreadable";
}

function jsonObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
