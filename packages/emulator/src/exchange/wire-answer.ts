/** An answer as it goes on the wire, complete with `Content-Length`. */
export interface WireAnswer {
  readonly type: "answer";
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Something that happens to the connection instead of, or in the middle of, an answer. */
export type TransportFault =
  /** `reset` sends RST, `close` FIN; after the head and `afterBytes` bytes of `answer`, or before anything was sent. */
  | {
      readonly type: "reset" | "close";
      readonly partial?: { readonly answer: WireAnswer; readonly afterBytes: number } | undefined;
    }
  /** The connection stays open and nothing is ever sent. */
  | { readonly type: "silence" }
  /** The head at once, then the body in pieces of `bytes`, one each `everyMs`. */
  | { readonly type: "drip"; readonly answer: WireAnswer; readonly bytes: number; readonly everyMs: number };
