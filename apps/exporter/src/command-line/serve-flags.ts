import {
  defaultFlag,
  listFlag,
  LOG_FLAGS,
  parseDuration,
  parseListenAddress,
  parseText,
  switchFlag,
  valueFlag,
  type FlagReading,
  type FlagValues,
  type ListenAddress,
} from "@fc-async/daemon";
import { TRACING_FLAGS } from "../tracing/tracing-flags.ts";

/** The flags of `fc-async-exporter serve`: Prometheus' own names. */
export const SERVE_FLAGS = {
  "config.file": valueFlag({
    placeholder: "file",
    help: "Configuration file. Without it one account is taken from the environment.",
    parse: parseText,
  }),
  "config.check": switchFlag("Check the configuration, say every problem, and exit."),
  "config.enable-auto-reload": switchFlag("Load the configuration file anew when it holds something else."),
  "config.auto-reload-interval": defaultFlag({
    placeholder: "duration",
    help: "How often to look for that.",
    defaultText: "30s",
    parse: parseDuration({ minMs: 100, maxMs: 86_400_000 }),
  }),
  once: switchFlag("Poll every target once, print the metrics, and exit: 0 when every list was read, else 1."),
  "web.listen-address": listFlag({
    placeholder: "host:port",
    help: "Where to serve.",
    defaultText: "127.0.0.1:10406",
    parse: parseListenAddress,
  }),
  "web.config.file": valueFlag({
    placeholder: "file",
    help: "TLS, HTTP/2, headers, users and rate limit, in the format of Prometheus' exporter-toolkit. Read again when it changes.",
    parse: parseText,
  }),
  "web.max-requests": defaultFlag({
    placeholder: "count",
    help: "Requests answered at a time on each address; one more gets 503. 0 = no limit.",
    defaultText: "40",
    parse: parseMaxRequests,
  }),
  "web.telemetry-path": defaultFlag({
    placeholder: "path",
    help: "Where the metrics are.",
    defaultText: "/metrics",
    parse: parseTelemetryPath,
  }),
  "web.external-url": valueFlag({
    placeholder: "url",
    help: "Under which URL people reach the exporter, when it stands behind a proxy. Links begin with its path.",
    parse: parseExternalUrl,
  }),
  "web.route-prefix": valueFlag({
    placeholder: "path",
    help: "Before every route. Default: the path of --web.external-url.",
    parse: parseRoutePrefix,
  }),
  "debug.listen-address": valueFlag({
    placeholder: "host:port",
    help: "Serve heap snapshots and CPU profiles there, on loopback only. Default: nowhere.",
    parse: parseLoopbackAddress,
  }),
  ...TRACING_FLAGS,
  ...LOG_FLAGS,
};

/** What `serve` was told. */
export type ServeFlags = FlagValues<typeof SERVE_FLAGS>;

/** Routes that have a place of their own. */
const TAKEN = new Set(["/probe", "/config"]);

function parseMaxRequests(text: string): FlagReading<number> {
  return /^\d{1,6}$/.test(text)
    ? { ok: true, value: Number(text) }
    : { ok: false, problem: `expected a whole number such as 40, or 0 for no limit, got "${text}"` };
}

function parseTelemetryPath(text: string): FlagReading<string> {
  return /^\/[A-Za-z0-9/_.-]+$/.test(text) && !text.startsWith("/-/") && !TAKEN.has(text)
    ? { ok: true, value: text }
    : { ok: false, problem: "expected a path such as /metrics, outside of /-/, /probe and /config" };
}

function parseExternalUrl(text: string): FlagReading<URL> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (url?.protocol === "http:" || url?.protocol === "https:") && url.search === "" && url.hash === ""
    ? { ok: true, value: url }
    : { ok: false, problem: "expected a URL such as https://metrics.example.com/fc-async, without ? and #" };
}

function parseRoutePrefix(text: string): FlagReading<string> {
  return /^\/[A-Za-z0-9/_.-]*$/.test(text)
    ? { ok: true, value: text }
    : { ok: false, problem: "expected a path such as /fc-async, or / for none" };
}

function parseLoopbackAddress(text: string): FlagReading<ListenAddress> {
  const reading = parseListenAddress(text);
  if (!reading.ok) return reading;
  const { hostname } = reading.value;
  return hostname === "localhost" || hostname === "::1" || /^127(\.\d{1,3}){3}$/.test(hostname ?? "")
    ? reading
    : {
        ok: false,
        problem: "expected an address on loopback, such as 127.0.0.1:10413: a heap snapshot holds the keys",
      };
}
