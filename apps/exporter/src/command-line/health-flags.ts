import { defaultFlag, parseDuration, parseText, valueFlag, type FlagReading, type FlagValues } from "@fc-async/daemon";

/** The flags of `fc-async-exporter health`. */
export const HEALTH_FLAGS = {
  url: defaultFlag({
    placeholder: "url",
    help: "What to ask: any of the exporter's own routes, /-/ready among them.",
    defaultText: "http://127.0.0.1:10406/-/healthy",
    parse: parseHttpUrl,
  }),
  "tls.ca-file": valueFlag({
    placeholder: "file",
    help: "Certificates to trust beside the system's, when the exporter serves TLS.",
    parse: parseText,
  }),
  timeout: defaultFlag({
    placeholder: "duration",
    help: "How long the answer may take.",
    defaultText: "3s",
    parse: parseDuration({ minMs: 1, maxMs: 600_000 }),
  }),
};

/** What `health` was told. */
export type HealthFlags = FlagValues<typeof HEALTH_FLAGS>;

function parseHttpUrl(text: string): FlagReading<URL> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "http:" || url?.protocol === "https:"
    ? { ok: true, value: url }
    : { ok: false, problem: "expected a URL such as http://127.0.0.1:10406/-/healthy" };
}
