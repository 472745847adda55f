import { valueFlag, type FlagReading } from "@fc-async/daemon";

/** The flags that switch tracing on, for the table of the exporter. */
export const TRACING_FLAGS = {
  "tracing.otlp-endpoint": valueFlag({
    placeholder: "url",
    help: "OTLP/HTTP collector that gets a span for each poll and page, such as http://127.0.0.1:4318. Headers: OTEL_EXPORTER_OTLP_HEADERS.",
    parse: parseCollector,
  }),
};

function parseCollector(text: string): FlagReading<string> {
  const problem = "expected the http or https URL of an OTLP collector, without user and password";
  if (!URL.canParse(text)) return { ok: false, problem };
  const { protocol, username, password } = new URL(text);
  const isCollector = (protocol === "http:" || protocol === "https:") && username === "" && password === "";
  return isCollector ? { ok: true, value: text } : { ok: false, problem };
}
