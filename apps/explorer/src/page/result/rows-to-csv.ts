import type { AsyncFunction } from "@fc-async/core";

const COLUMNS = ["serviceName", "functionName", "qualifier"] as const;
const NEEDS_QUOTES = /[",\r\n]/;
/** What a spreadsheet takes for the start of a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * The rows as a CSV file (RFC 4180) with a head line. A cell that a spreadsheet would compute gets an apostrophe before it, which
 * makes it text there.
 */
export function rowsToCsv(rows: readonly AsyncFunction[]): string {
  const lines = rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(","));
  return [COLUMNS.join(","), ...lines, ""].join("\r\n");
}

function cell(value: string): string {
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
