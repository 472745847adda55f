import { CATALOGUE } from "../catalogue/catalogue.ts";
import type { ExpositionFormat } from "../encode/exposition-format.ts";
import { familyHeader } from "../encode/family-header.ts";

function headersOf(format: ExpositionFormat): ReadonlyMap<string, Uint8Array> {
  const encoder = new TextEncoder();
  return new Map(
    Array.from(CATALOGUE, ([name, metric]) => [name, encoder.encode(familyHeader(name, metric, format))] as const),
  );
}

/** The metadata lines of every family, always the same objects, so that a stretch of the body can be recognised by them. */
export const HEADER_BYTES: Readonly<Record<ExpositionFormat, ReadonlyMap<string, Uint8Array>>> = {
  text: headersOf("text"),
  openmetrics: headersOf("openmetrics"),
};
