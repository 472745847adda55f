import type { SignatureHash } from "../hash/signature-hash.ts";

/** A request as a server received it. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query exactly as on the request line. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** SHA-256 of the received body in lower-case hexadecimal. Default: of the empty body. */
  readonly bodySha256Hex?: string | undefined;
}

/** The secret half of a key pair. */
export interface SigningKey {
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
}

export interface VerifyOptions {
  /** Answers `undefined` for a key that does not exist. */
  readonly findKey: (accessKeyId: string) => SigningKey | undefined;
  /** The verifier's clock, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** How far the date of a request may be off, to either side. Default 15 minutes. */
  readonly maxSkewMs?: number;
  /** Default `webCryptoHash`. */
  readonly hash?: SignatureHash;
}
