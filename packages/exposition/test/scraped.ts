import type { Exposition, ExpositionFormat, ScrapeOptions } from "@fc-async/exposition";

/** The body of a scrape in one piece. */
export async function scrapedBytes(exposition: Exposition, options: ScrapeOptions): Promise<Uint8Array> {
  const { parts, byteLength } = await exposition.scrape(options);
  const body = Buffer.concat(parts);
  if (body.byteLength !== byteLength) {
    throw new Error(`byteLength is ${byteLength}, the parts have ${body.byteLength} bytes`);
  }
  return body;
}

/** The plain body as text; bytes that are not UTF-8 throw. */
export async function scrapedText(
  exposition: Exposition,
  format: ExpositionFormat = "text",
  self: ScrapeOptions["self"] = [],
): Promise<string> {
  const body = await scrapedBytes(exposition, { format, encoding: "identity", self });
  return new TextDecoder("utf-8", { fatal: true }).decode(body);
}
