/** A request as it came off the wire, before any normalising. */
export interface ReceivedMessage {
  readonly method: string;
  /** Path and query exactly as on the request line. */
  readonly target: string;
  /** By lower-case name; values without surrounding white space. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body?: Uint8Array<ArrayBuffer> | undefined;
}
