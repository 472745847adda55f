/**
 * A fault as data. A rule looks only at requests that are right: a wrong signature gets its refusal, so that no fault hides
 * a mistake of the client.
 */
export interface FaultRule {
  readonly match: FaultMatch;
  /** How many matching requests it hits before it is spent. */
  readonly times: number | "forever";
  /** The share of matching requests it hits, above 0 and below 1; needs `seed`. Default: all of them. */
  readonly probability?: number | undefined;
  /** Makes what is random in the rule the same on every run. */
  readonly seed?: number | undefined;
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
  /** Headers the request must have, names without regard to case, values exactly. */
  readonly header?: Readonly<Record<string, string>> | undefined;
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

/** A wait in milliseconds: fixed, uniform between two, or log-normal about a median. The last two need the rule's `seed`. */
export type DelayMs =
  | number
  | { readonly min: number; readonly max: number }
  | { readonly median: number; readonly sigma: number };

export type Framing = "length" | "chunked" | "none";

export type BrokenFraming = "bad-chunk-size" | "two-lengths" | "length-and-chunks";

/**
 * `html`: a page for people. `wrong-content-type`: the right body as text/html. `bom`: the right body behind a byte order mark.
 * `invalid-utf8`, `invalid-json`: what the names say. `duplicate-keys`: `data` and `nextToken` twice, the second ones wrong.
 * `deep-nesting`: 100,000 arrays within each other.
 */
export type JunkKind =
  | "html"
  | "wrong-content-type"
  | "bom"
  | "invalid-utf8"
  | "invalid-json"
  | "duplicate-keys"
  | "deep-nesting";

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
  | { readonly type: "delay"; readonly ms: DelayMs }
  /**
   * RST before the head, or behind the head and so many bytes of the body. `framing` is how the body says where it would
   * have ended: `Content-Length` (the default), chunks, or not at all, so that only its contents tell that it was cut.
   */
  | { readonly type: "reset"; readonly afterBytes?: number | undefined; readonly framing?: Framing | undefined }
  /** FIN likewise. */
  | { readonly type: "close"; readonly afterBytes?: number | undefined; readonly framing?: Framing | undefined }
  /** An answer that breaks HTTP itself: a chunk size that is no number, two lengths, or a length and chunks. */
  | { readonly type: "broken-framing"; readonly how: BrokenFraming }
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
  /** A right page in a few hundred kB of gzip that unpack to so many bytes. */
  | { readonly type: "gzip-bomb"; readonly bytes: number }
  /** A body no JSON reader should take for a page. */
  | { readonly type: "junk"; readonly kind: JunkKind; readonly status?: number | undefined }
  /** To another place. Default 302. */
  | { readonly type: "redirect"; readonly location: string; readonly status?: number | undefined }
  /** The right answer as a cache would give it so much later: an old `Date`, and `Age`. */
  | { readonly type: "stale"; readonly ageMs: number }
  /** The right answer with other headers. */
  | { readonly type: "headers"; readonly headers: Readonly<Record<string, string>> }
  /**
   * A page of `rows` rows whatever `limit` says (0: an empty page that announces another), or one that repeats the last
   * `overlap` rows before it. `emptyAs` is how an empty page that announces another shows its rows: `[]`, the default, or null.
   */
  | {
      readonly type: "page";
      readonly rows?: number | undefined;
      readonly overlap?: number | undefined;
      readonly emptyAs?: "array" | "null" | undefined;
    }
  | { readonly type: "token"; readonly token: TokenFault };
