import type { Origin } from "../request/explorer-request.ts";

/** The stages that a later one is made of. */
export type Stage = "canonicalRequest" | "stringToSign" | "signature";

/** A piece of a text with where it came from, so that the page can link it to its field, or to the stage before. */
export interface Part {
  readonly text: string;
  readonly origin: Origin | Stage;
  /** What the piece is, for a tooltip and for screen readers: "method", "nextToken, percent-encoded", "header host". */
  readonly label: string;
}

/** One line of a stage; the line break is not part of it. */
export type Line = readonly Part[];

/** A request as it goes on the wire. */
export interface FinalRequest {
  readonly method: "GET";
  /** Scheme, host, path and query. */
  readonly url: string;
  /** In wire order, `Authorization` last. `host` is not among them: it is the URL's. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** How the signature of a request comes about: four stages, each made of the one before. */
export interface SigningStages {
  readonly canonicalRequest: readonly Line[];
  readonly stringToSign: readonly Line[];
  /** Lower-case hexadecimal HMAC-SHA256. */
  readonly signature: string;
  /** Request line and headers as they stand on the wire, `Authorization` last. */
  readonly finalLines: readonly Line[];
  readonly finalRequest: FinalRequest;
}
