import {
  defaultFlag,
  listFlag,
  LOG_FLAGS,
  parseListenAddress,
  parseText,
  switchFlag,
  valueFlag,
  type FlagReading,
  type Program,
} from "@fc-async/daemon";

/** The flags of fc-async-exporter: Prometheus' own names. */
export const FLAGS = {
  "config.file": valueFlag({
    placeholder: "file",
    help: "Configuration file. Without it one account is taken from the environment.",
    parse: parseText,
  }),
  "config.check": switchFlag("Check the configuration, say every problem, and exit."),
  "web.listen-address": listFlag({
    placeholder: "host:port",
    help: "Where to serve.",
    defaultText: "127.0.0.1:10406",
    parse: parseListenAddress,
  }),
  "web.telemetry-path": defaultFlag({
    placeholder: "path",
    help: "Where the metrics are.",
    defaultText: "/metrics",
    parse: parsePath,
  }),
  ...LOG_FLAGS,
};

/** The program as `readFlags` takes it. */
export function exporterProgram(version: string): Program<typeof FLAGS> {
  return {
    name: "fc-async-exporter",
    description: "Prometheus exporter: which Function Compute functions have asynchronous tasks enabled.",
    version,
    flags: FLAGS,
  };
}

function parsePath(text: string): FlagReading<string> {
  return /^\/[A-Za-z0-9/_.-]+$/.test(text) && !text.startsWith("/-/")
    ? { ok: true, value: text }
    : { ok: false, problem: "expected a path such as /metrics, outside of /-/" };
}
