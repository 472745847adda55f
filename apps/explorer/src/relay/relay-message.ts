import type { FcErrorCode } from "@fc-async/protocol";

/** What the page posts to `/relay`: a request it has signed. Holds a signature, never a secret. */
export interface RelayRequest {
  readonly method: "GET";
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** What the relay answers, always with status 200 once it forwarded: the upstream's own answer, whatever its status. */
export interface RelayedAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body as text; bytes that are no UTF-8 are an `upstream` failure. */
  readonly body: string;
  /** From sending the request to the last byte of the answer, in milliseconds. */
  readonly durationMs: number;
}

/**
 * What went wrong when there is no answer, and on which side: the relay would not send it (status 4xx), or it was sent and nothing
 * good came back (status 502).
 */
export interface RelayFailure {
  readonly side: "relay" | "upstream";
  /** For the page and for tests. */
  readonly code: "foreign_host" | "foreign_origin" | "bad_request" | "target_refused" | FcErrorCode;
  /** Who, what, why, next step. */
  readonly message: string;
}
