/** Slack's own spelling; Bolt compares it literally. */
const FORM = "application/x-www-form-urlencoded";

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
 * Whether Bolt can tell what it is: a form with a command, or with an object as its JSON payload; or a JSON object. Bolt dies
 * of a JSON null, and leaves a form with neither without an answer for three seconds.
 */
export function isReadableBody(body: string, contentType: string): boolean {
  if (contentType !== FORM) return isJsonObject(body);
  const fields = new URLSearchParams(body);
  return fields.has("payload") ? fields.getAll("payload").every(isJsonObject) : fields.has("command");
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
