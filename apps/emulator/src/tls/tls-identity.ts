/** What a server shows of itself over TLS, as PEM. */
export interface TlsIdentity {
  readonly key: string;
  /** The certificate, and behind it those that vouch for it. */
  readonly cert: string;
}
