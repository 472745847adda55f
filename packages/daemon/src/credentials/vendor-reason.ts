import { escapeControlCharacters } from "@fc-async/protocol";

const MAX_LENGTH = 300;
/** Behind a colon (but for one before a status) or an equals sign the vendor quotes files, answers and addresses. */
const QUOTATION = /:(?! \d{3}\b)(\s|$)| = |[?{]/;
const CHAIN_PREFIX = "unable to get credentials from any of the providers in the chain: ";

/**
 * The part of a vendor error that says what went wrong, without what it quotes: its messages hold whole configuration files
 * and answers of token services. The service's own error code is kept.
 */
export function vendorReason(error: unknown): string {
  const message = error instanceof Error ? error.message : "unknown reason";
  const said = message.startsWith(CHAIN_PREFIX) ? message.slice(CHAIN_PREFIX.length) : message;
  const end = QUOTATION.exec(said)?.index ?? said.length;
  const code = /"Code"\s*:\s*"([A-Za-z.]{1,64})"/.exec(said.slice(end))?.[1];
  const reason = said.slice(0, Math.min(end, MAX_LENGTH)).replace(/[\s.,;]+$/, "");
  return escapeControlCharacters(code === undefined ? reason : `${reason} (${code})`);
}
