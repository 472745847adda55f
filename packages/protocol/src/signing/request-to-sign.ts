import type { Credentials } from "../credentials.ts";
import type { SignatureHash } from "../hash/signature-hash.ts";

/** One header; the name in lower case. */
export type HeaderPair = readonly [name: string, value: string];

/** The parts of a request its signature is made from, as they go on the wire. */
export interface RequestToSign {
  /** Upper case. */
  readonly method: string;
  /** `Host` header: with the port, unless it is the scheme's own. */
  readonly host: string;
  /** Percent-encoded, beginning with `/`. */
  readonly path: string;
  /** As `canonicalQuery` writes it; `""` without parameters. */
  readonly query: string;
  /** All other headers of the request; each scheme picks those it signs. */
  readonly headers: readonly HeaderPair[];
  /** SHA-256 of the body in lower-case hexadecimal. Default: of the empty body. */
  readonly bodySha256Hex?: string | undefined;
}

/** With what, and when, an attempt is signed. */
export interface SigningMoment {
  readonly credentials: Credentials;
  readonly hash: SignatureHash;
  /** The service's clock as well as we know it, in milliseconds since the epoch. */
  readonly dateMs: number;
}
