import type { Secret } from "../secret.ts";
import type { ClientCertificates, TlsVersion } from "./go-tls-names.ts";

/** What a web config file asks for, its files read and checked. */
export interface WebConfig {
  /** `undefined` = plain HTTP. */
  readonly tls: WebTlsConfig | undefined;
  /** Whether HTTP/2 is offered beside HTTP/1.1. Only over TLS. */
  readonly http2: boolean;
  /** On every answer, unless the answer sets the same header itself. Values are ready for Node. */
  readonly headers: ReadonlyMap<string, string>;
  /** User → bcrypt hash. Empty = everybody may ask. */
  readonly users: ReadonlyMap<string, Secret>;
  readonly rateLimit: RateLimit | undefined;
}

/** A token bucket over all requests: one token each `intervalMs`, at most `burst` of them. */
export interface RateLimit {
  readonly intervalMs: number;
  readonly burst: number;
}

export interface WebTlsConfig {
  /** PEM, the chain included. */
  readonly certificate: string;
  /** PEM. */
  readonly key: Secret;
  readonly clientCertificates: ClientCertificates;
  /** PEM, one certificate each. `undefined` = the authorities that Node trusts. */
  readonly clientAuthorities: readonly string[] | undefined;
  /** A client certificate must carry one of them as subject alternative name. `undefined` = any will do. */
  readonly allowedSans: readonly string[] | undefined;
  /** OpenSSL's names, for TLS 1.2 and older, in order of preference. */
  readonly ciphers: readonly string[];
  /** OpenSSL's names in order of preference; empty = OpenSSL's own choice. */
  readonly curves: readonly string[];
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  readonly prefersServerCiphers: boolean;
}
