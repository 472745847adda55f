import type { ExpositionFormat } from "../encode/exposition-format.ts";
import { parseWeightedList } from "./weighted-list.ts";
import type { WeightedItem } from "./weighted-list.ts";

/** The format of an answer and the `Content-Type` that names it. */
export interface NegotiatedFormat {
  readonly format: ExpositionFormat;
  readonly contentType: string;
}

interface Offer {
  readonly format: ExpositionFormat;
  readonly mediaType: string;
  readonly version: string;
}

/** In the order of preference where the client has none. */
const OFFERS: readonly Offer[] = [
  { format: "text", mediaType: "text/plain", version: "0.0.4" },
  { format: "openmetrics", mediaType: "application/openmetrics-text", version: "1.0.0" },
];

/** How closely a range of the client names an offer; 0 when it does not cover it. */
function specificity({ value, parameters }: WeightedItem, { mediaType, version }: Offer): number {
  const asked = parameters.get("version");
  if (asked !== undefined && asked !== version) {
    return 0;
  }
  if (value === mediaType) {
    return asked === undefined ? 3 : 4;
  }
  if (value === "*/*") {
    return 1;
  }
  return value.endsWith("/*") && mediaType.startsWith(value.slice(0, -1)) ? 2 : 0;
}

/** An offer with what the client says about it. */
interface Candidate {
  readonly offer: Offer;
  readonly range: WeightedItem;
  readonly position: number;
}

function candidateOf(offer: Offer, ranges: readonly WeightedItem[]): Candidate | undefined {
  let best: Candidate | undefined;
  let bestSpecificity = 0;
  for (const [position, range] of ranges.entries()) {
    const found = specificity(range, offer);
    if (found > bestSpecificity) {
      best = { offer, range, position };
      bestSpecificity = found;
    }
  }
  return best !== undefined && best.range.quality > 0 ? best : undefined;
}

/** By quality; among equals the one listed first; among those of one range the text format. */
function preferred(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.toSorted((a, b) => b.range.quality - a.range.quality || a.position - b.position)[0];
}

function contentTypeOf({ mediaType, version }: Offer, range: WeightedItem | undefined): string {
  const plain = `${mediaType}; version=${version}; charset=utf-8`;
  // Prometheus 3 asks for an escaping scheme with the 1.0.0 formats, and an answer in one of them then names its own
  // (https://prometheus.io/docs/instrumenting/content_negotiation/). Our names are plain ASCII, for which `underscores`
  // changes nothing. Clients that do not ask, Prometheus 2 among them, get the type as OpenMetrics 1.0.0 registers it.
  return version === "1.0.0" && range?.parameters.has("escaping") === true ? `${plain}; escaping=underscores` : plain;
}

/**
 * Chooses the format of an answer from the `Accept` header of the request.
 *
 * OpenMetrics 1.0.0 where the client accepts that version or names none; what we do not have (protobuf, text 1.0.0,
 * OpenMetrics 0.0.1) is passed over; where nothing is left, the text format 0.0.4. There is no 406: a server that scrapes
 * can do more with a format it did not expect than with none.
 *
 * @param accept - The header as it came; several joined by commas.
 * @see https://prometheus.io/docs/instrumenting/content_negotiation/ and RFC 9110, 12.5.1
 */
export function negotiateFormat(accept: string | undefined): NegotiatedFormat {
  const ranges = parseWeightedList(accept ?? "");
  const chosen = preferred(OFFERS.flatMap((offer) => candidateOf(offer, ranges) ?? []));
  const offer = chosen?.offer ?? { format: "text", mediaType: "text/plain", version: "0.0.4" };
  return { format: offer.format, contentType: contentTypeOf(offer, chosen?.range) };
}
