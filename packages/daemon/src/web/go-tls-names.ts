import type { SecureVersion } from "node:tls";

export type TlsVersion = SecureVersion;

/** `crypto/tls` name → Node's. */
export const TLS_VERSIONS: ReadonlyMap<string, TlsVersion> = new Map([
  ["TLS10", "TLSv1"],
  ["TLS11", "TLSv1.1"],
  ["TLS12", "TLSv1.2"],
  ["TLS13", "TLSv1.3"],
]);

/** From the oldest to the newest. */
export const TLS_VERSION_ORDER: readonly TlsVersion[] = [...TLS_VERSIONS.values()];

/** What a server asks of a client's certificate; the names say what Go's `ClientAuthType` does. */
export type ClientCertificates = "none" | "request" | "require-any" | "verify-if-given" | "require-and-verify";

/** Go's name → what it means. `RequireClientCert` is an old spelling. */
export const CLIENT_AUTH_TYPES: ReadonlyMap<string, ClientCertificates> = new Map([
  ["NoClientCert", "none"],
  ["RequestClientCert", "request"],
  ["RequireAnyClientCert", "require-any"],
  ["RequireClientCert", "require-any"],
  ["VerifyClientCertIfGiven", "verify-if-given"],
  ["RequireAndVerifyClientCert", "require-and-verify"],
]);

/** `crypto/tls` name → OpenSSL's, of the four curves that exporter-toolkit takes. */
export const CURVES: ReadonlyMap<string, string> = new Map([
  ["X25519", "X25519"],
  ["CurveP256", "P-256"],
  ["CurveP384", "P-384"],
  ["CurveP521", "P-521"],
]);

/** Go does not let these be chosen, and always offers them. */
export const TLS13_CIPHERS: readonly string[] = [
  "TLS_AES_128_GCM_SHA256",
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
];

/** HTTP/2 needs one of them below TLS 1.3 (RFC 9113, 9.2.2). */
export const HTTP2_CIPHERS: readonly string[] = [
  "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
];

const ECDHE_CIPHERS: ReadonlyMap<string, string> = new Map([
  ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE-ECDSA-AES128-GCM-SHA256"],
  ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256"],
  ["TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE-ECDSA-AES256-GCM-SHA384"],
  ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE-RSA-AES256-GCM-SHA384"],
  ["TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305"],
  ["TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-RSA-CHACHA20-POLY1305"],
  ["TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE-ECDSA-AES128-SHA"],
  ["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "ECDHE-RSA-AES128-SHA"],
  ["TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "ECDHE-ECDSA-AES256-SHA"],
  ["TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "ECDHE-RSA-AES256-SHA"],
]);

/**
 * `crypto/tls` name → OpenSSL's, of what `tls.CipherSuites()` lists: what Go holds for insecure is no name here, either. The
 * names of TLS 1.3 are taken and choose nothing.
 */
export const CIPHERS: ReadonlyMap<string, string | undefined> = new Map<string, string | undefined>([
  ...ECDHE_CIPHERS,
  // Newer Go holds these for insecure (no forward secrecy). promtool takes them, and they are only on when named.
  ["TLS_RSA_WITH_AES_128_GCM_SHA256", "AES128-GCM-SHA256"],
  ["TLS_RSA_WITH_AES_256_GCM_SHA384", "AES256-GCM-SHA384"],
  ["TLS_RSA_WITH_AES_128_CBC_SHA", "AES128-SHA"],
  ["TLS_RSA_WITH_AES_256_CBC_SHA", "AES256-SHA"],
  ...TLS13_CIPHERS.map((name) => [name, undefined] as const),
]);

/** Without a choice: Go's own default, all with forward secrecy. */
export const DEFAULT_CIPHERS: readonly string[] = [...ECDHE_CIPHERS.values()];
