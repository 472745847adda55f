import type { IncomingHttpHeaders } from "node:http";
import {
  negotiateEncoding,
  negotiateFormat,
  type ExpositionEncoding,
  type NegotiatedFormat,
} from "@fc-async/exposition";

/** How a scrape is answered. */
export interface Negotiated extends NegotiatedFormat {
  readonly encoding: ExpositionEncoding;
}

/** Makes the reader of what a client takes. It keeps its last answer: who scrapes says the same every time. */
export function createNegotiation(): (headers: IncomingHttpHeaders) => Negotiated {
  let last: { readonly key: string; readonly negotiated: Negotiated } | undefined;
  return (headers) => {
    const { accept } = headers;
    const acceptEncoding = headers["accept-encoding"]?.toString();
    const key = JSON.stringify([accept, acceptEncoding]);
    if (last?.key !== key) {
      const encoding = negotiateEncoding(acceptEncoding, { zstd: true });
      last = { key, negotiated: { ...negotiateFormat(accept), encoding } };
    }
    return last.negotiated;
  };
}
