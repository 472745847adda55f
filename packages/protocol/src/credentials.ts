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
 */
export type CredentialsProvider = () => Credentials | Promise<Credentials>;
