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

/** Whether Bolt can read it: a form, with an object if it has a JSON payload; or a JSON object. Bolt dies of a JSON null. */
export function isReadableBody(body: string, contentType: string): boolean {
  if (contentType !== FORM) return isJsonObject(body);
  const payloads = new URLSearchParams(body).getAll("payload");
  return payloads.every(isJsonObject);
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
