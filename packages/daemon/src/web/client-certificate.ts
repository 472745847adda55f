import { isIPv6 } from "node:net";
import type { TLSSocket } from "node:tls";
import type { WebTlsConfig } from "./web-config.ts";

/** `DNS:a.example.com, IP Address:127.0.0.1`; Node puts what could be mistaken for a separator into a JSON text. */
const ENTRY = /(?:^|, )(?<type>[A-Za-z ]+):(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^,]*))/gu;
const TYPES: ReadonlySet<string | undefined> = new Set(["DNS", "email", "IP Address", "URI"]);

/**
 * The DNS names, e-mail addresses, IP addresses and URIs of a certificate, from `X509Certificate.subjectAltName`. An IPv6 address is
 * in its short form, as in Go.
 */
export function subjectAlternativeNames(subjectAltName: string | undefined): readonly string[] {
  return [...(subjectAltName ?? "").matchAll(ENTRY)].flatMap(({ groups }) => {
    const { type, quoted, plain = "" } = groups ?? {};
    if (!TYPES.has(type)) return [];
    const name = quoted === undefined ? plain : unquoted(quoted);
    return [type === "IP Address" && isIPv6(name) ? new URL(`http://[${name}]`).hostname.slice(1, -1) : name];
  });
}

/**
 * Whether a client may go on after the handshake, by its certificate. With `require-and-verify` OpenSSL has turned away who has none;
 * everything else is judged here, on resumed connections, too.
 */
export function isClientAllowed(config: WebTlsConfig, socket: TLSSocket): boolean {
  const { clientCertificates: policy, allowedSans } = config;
  if (policy === "none" || policy === "request") return true;
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return policy === "verify-if-given";
  if (policy !== "require-any" && !socket.authorized) return false;
  if (allowedSans === undefined) return true;
  const names = subjectAlternativeNames(certificate.subjectAltName);
  return names.some((name) => allowedSans.includes(name));
}

function unquoted(text: string): string {
  const value: unknown = JSON.parse(`"${text}"`);
  return typeof value === "string" ? value : "";
}
