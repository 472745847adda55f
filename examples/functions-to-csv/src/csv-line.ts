const NEEDS_QUOTES = /[",\r\n]/;

/** One record of RFC 4180: fields as they are, in quotes where a quote, comma or line break stands in them; ends in CRLF. */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map(csvField).join(",")}\r\n`;
}

function csvField(value: string): string {
  return NEEDS_QUOTES.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
