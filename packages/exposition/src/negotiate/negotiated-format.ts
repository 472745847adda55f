import type { ExpositionFormat } from "../encode/exposition-format.ts";

/** The format of an answer and the `Content-Type` that names it. */
export interface NegotiatedFormat {
  readonly format: ExpositionFormat;
  readonly contentType: string;
}
