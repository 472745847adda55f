import type { HeaderPair } from "../signing/request-to-sign.ts";
import type { LightResponse } from "./light-response.ts";
import type { Origin } from "./split-url.ts";

/** One attempt, signed and ready to go. */
export interface AttemptRequest {
  readonly method: string;
  readonly origin: Origin;
  /** Path and query, exactly as they go on the request line. */
  readonly target: string;
  /** All headers, `host` included. */
  readonly headers: readonly HeaderPair[];
  readonly body: Uint8Array<ArrayBuffer> | undefined;
  readonly signal: AbortSignal | undefined;
}

/** What one attempt may take. */
export interface AttemptBounds {
  /** Largest body in bytes, after decompression. */
  readonly maxBodyBytes: number;
  readonly timeoutMs: number;
}

/**
 * Sends one attempt and reads its whole answer within bounds. Redirects are refused, not followed: a follower hands
 * `x-acs-security-token` to whatever host it is sent to. Throws errors of the family, and an abort's reason untouched.
 */
export type SendBounded = (request: AttemptRequest, bounds: AttemptBounds) => Promise<LightResponse>;

/** What sends one attempt: any `fetch`. One that brings `sendBounded` along, as `createNodeFetch()` does, is used through that. */
export interface AttemptFetch {
  (input: string, init: RequestInit): Promise<Response>;
  readonly sendBounded?: SendBounded | undefined;
}

/** `GET https://host/path`: how errors name a request. The query is left out, it may hold names. */
export function describeRequest(request: Pick<AttemptRequest, "method" | "origin" | "target">): string {
  const { method, origin, target } = request;
  return `${method} ${origin.protocol}//${origin.host}${target.split("?", 1)[0]}`;
}
