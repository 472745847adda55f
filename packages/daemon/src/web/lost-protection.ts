import type { ClientCertificates } from "./go-tls-names.ts";
import type { WebConfig } from "./web-config.ts";

/** From what lets everybody in to what does not. */
const STRICTNESS: readonly ClientCertificates[] = [
  "none",
  "request",
  "verify-if-given",
  "require-any",
  "require-and-verify",
];

/**
 * The protection that a new configuration would take away from the old one, in words; `undefined` when it takes none. An editor that
 * empties a file before it writes it leaves, for a moment, a valid file in which nothing is on.
 */
export function lostProtection(from: WebConfig, to: WebConfig): string | undefined {
  if (from.tls !== undefined && to.tls === undefined) return "TLS";
  if (from.users.size > 0 && to.users.size === 0) return "basic_auth_users";
  if (from.tls === undefined || to.tls === undefined) return undefined;
  const isLaxer = STRICTNESS.indexOf(to.tls.clientCertificates) < STRICTNESS.indexOf(from.tls.clientCertificates);
  if (isLaxer) return "client_auth_type";
  return from.tls.allowedSans !== undefined && to.tls.allowedSans === undefined ? "client_allowed_sans" : undefined;
}
