import type { BrokenFraming, Framing } from "../faults/fault-rule.ts";

/** An answer as it goes on the wire, complete with `Content-Length`. */
export interface WireAnswer {
  readonly type: "answer";
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Something that happens to the connection instead of, or in the middle of, an answer. */
export type TransportFault =
  /**
   * `reset` sends RST, `close` FIN; after the head and `afterBytes` bytes of `answer`, or before anything was sent. The head
   * announces the whole body by its length, as chunks, or not at all.
   */
  | {
      readonly type: "reset" | "close";
      readonly partial?:
        | { readonly answer: WireAnswer; readonly afterBytes: number; readonly framing: Framing }
        | undefined;
    }
  /** The connection stays open and nothing is ever sent. */
  | { readonly type: "silence" }
  /** The head at once, then the body in pieces of `bytes`, one each `everyMs`. */
  | { readonly type: "drip"; readonly answer: WireAnswer; readonly bytes: number; readonly everyMs: number }
  /** The answer as bytes that are not HTTP/1.1 (RFC 9112 sections 6.3 and 7.1). */
  | { readonly type: "broken-framing"; readonly how: BrokenFraming; readonly answer: WireAnswer };
