import { secret, type Secret } from "@fc-async/daemon";

export type SigningSecretReading =
  | { readonly ok: true; readonly signingSecret: Secret }
  | { readonly ok: false; readonly problem: string };

const WHERE = 'the Slack app\'s "Basic Information" page shows it as "Signing Secret"';

/**
 * Takes the signing secret from `SLACK_SIGNING_SECRET`, or from the file that `SLACK_SIGNING_SECRET_FILE` names. An empty one
 * is refused: with it anybody could sign.
 */
export function readSigningSecret(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): SigningSecretReading {
  const text = env["SLACK_SIGNING_SECRET"];
  const file = env["SLACK_SIGNING_SECRET_FILE"];
  if (text !== undefined && file !== undefined) {
    return refused("SLACK_SIGNING_SECRET and SLACK_SIGNING_SECRET_FILE are both set; keep one");
  }
  if (file === undefined) {
    if (text === undefined) return refused(`SLACK_SIGNING_SECRET is not set; ${WHERE}`);
    return text.trim() === "" ? refused(`SLACK_SIGNING_SECRET is empty; ${WHERE}`) : found(text);
  }
  try {
    const content = readFile(file);
    return content.trim() === "" ? refused(`SLACK_SIGNING_SECRET_FILE: ${file} is empty; ${WHERE}`) : found(content);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return refused(`SLACK_SIGNING_SECRET_FILE: ${file} cannot be read (${reason})`);
  }
}

/** Files end with a line break; a secret does not. */
function found(text: string): SigningSecretReading {
  return { ok: true, signingSecret: secret(text.trim()) };
}

function refused(problem: string): SigningSecretReading {
  return { ok: false, problem };
}
