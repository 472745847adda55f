import { pino, type Logger as Pino } from "pino";
import { escapeLine } from "./escape-line.ts";
import { logfmtLine } from "./logfmt-line.ts";
import type { LogFields, LogFormat, Logger, LogLevel } from "./logger.ts";
import { plainFields, type PlainValue } from "./plain-fields.ts";

export interface CreateLoggerOptions {
  /** The lowest level that is written. At `debug`, errors carry their stack in `<field>_stack`. */
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Takes one line with its line end; for example `(line) => process.stderr.write(line)`. */
  readonly write: (line: string) => void;
  /** Default `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/**
 * Makes a logger that writes `time=2026-11-23T14:00:00.000Z level=INFO msg="poll failed" reason=auth` or the same as JSON.
 * A line stays one line whatever the values hold: control and bidirectional characters are escaped, in values and message.
 */
export function createLogger(options: CreateLoggerOptions): Logger {
  const { level, format, write, now = Date.now } = options;
  const destination = {
    write: (json: string) => {
      write(format === "json" ? `${escapeLine(json.trimEnd())}\n` : `${logfmtOf(json)}\n`);
    },
  };
  const root = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label.toUpperCase() }) },
    },
    destination,
  );
  return withFields(root, new Map(), level === "debug");
}

function withFields(root: Pino, bound: ReadonlyMap<string, PlainValue>, stacks: boolean): Logger {
  // pino's own child loggers would write a name twice that a line and its logger share.
  const merged = (fields: LogFields) => new Map([...bound, ...plainFields(fields, { stacks })]);
  const at =
    (level: LogLevel) =>
    (msg: string, fields: LogFields = {}) => {
      if (root.isLevelEnabled(level)) root[level](Object.fromEntries(merged(fields)), "%s", msg);
    };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: (fields) => withFields(root, merged(fields), stacks),
  };
}

function logfmtOf(json: string): string {
  const { time, level, msg, ...fields }: Record<string, PlainValue> = JSON.parse(json);
  return logfmtLine(Object.entries({ time: time ?? "", level: level ?? "", msg: msg ?? "", ...fields }));
}
