/** One key pair of a RAM identity; with `securityToken` when it came from STS. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** An empty one is none. */
  readonly securityToken?: string | undefined;
}

/**
 * Answers the key pair to sign the next attempt with. It is asked before *each* attempt, because temporary keys expire
 * in the middle of a walk; caching is the provider's business.
 *
 * @param refused - The pair that the service has just refused as unknown, expired or wrongly signed. A provider that would hand
 * out this very pair again should look for a fresh one first: a cache holds temporary keys until shortly before their written
 * end, and does not know of an earlier one. Asked with it at most once per call; a provider without a cache may ignore it.
 */
export type CredentialsProvider = (refused?: Credentials) => Credentials | Promise<Credentials>;
