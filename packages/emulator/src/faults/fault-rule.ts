/**
 * A fault as data. A rule looks only at requests that are right: a wrong signature gets its refusal, so that no fault hides
 * a mistake of the client.
 */
export interface FaultRule {
  readonly match: FaultMatch;
  /** How many matching requests it hits before it is spent. */
  readonly times: number | "forever";
  readonly action: FaultAction;
}

/** Which requests a rule looks at. Every key that is given must agree; `{}` is all of them. */
export interface FaultMatch {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** 1-based number of the page within its walk. */
  readonly page?: number | undefined;
  /** 1-based: the rule leaves the first `nth - 1` requests it matches alone. */
  readonly nth?: number | undefined;
}

/** How a token comes out wrong. */
export type TokenFault =
  /** The request's own token again; on a page asked for without one, a good one even when the list ends there. */
  | "repeat"
  /** Tokens that go round in a circle of this many. */
  | { readonly cycle: number }
  /** The last page announces another, which is empty. */
  | "beyond-end"
  /** Another spelling of the end. Matches answers that end the list only. */
  | "absent"
  | "null"
  | "two-quotes";

export type FaultAction =
  /** Another status. Below 400 without a body; else with the error body of the scheme. */
  | {
      readonly type: "status";
      readonly status: number;
      readonly code?: string | undefined;
      readonly message?: string | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
    }
  /** Waits first. The request then goes on to the next matching rule. */
  | { readonly type: "delay"; readonly ms: number }
  /** RST before the head, or behind the head and so many bytes of the body. */
  | { readonly type: "reset"; readonly afterBytes?: number | undefined }
  /** FIN likewise. */
  | { readonly type: "close"; readonly afterBytes?: number | undefined }
  /** Accepts the request and never answers. */
  | { readonly type: "silence" }
  /** The right answer, in pieces of `bytes` each `everyMs`. */
  | { readonly type: "drip"; readonly bytes: number; readonly everyMs: number }
  /** Another body: text, or bytes (in a file: base64). Without any of them the right body, for `gzip` to be applied to. */
  | {
      readonly type: "body";
      readonly body?: string | undefined;
      readonly bytes?: Uint8Array | undefined;
      readonly base64?: string | undefined;
      /** Default 200. */
      readonly status?: number | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      /** Compress the body; `cut` keeps the first half of the compressed bytes, with a `Content-Length` that agrees. */
      readonly gzip?: "whole" | "cut" | undefined;
    }
  /** The right answer with other headers, `Date` and `Age` for instance. */
  | { readonly type: "headers"; readonly headers: Readonly<Record<string, string>> }
  /** A page of `rows` rows whatever `limit` says (0: an empty page that announces another), or one that repeats the last `overlap` rows before it. */
  | { readonly type: "page"; readonly rows?: number | undefined; readonly overlap?: number | undefined }
  | { readonly type: "token"; readonly token: TokenFault };
