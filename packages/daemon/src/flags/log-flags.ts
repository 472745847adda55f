import { LOG_FORMATS, LOG_LEVELS, type LogFormat, type LogLevel } from "../logs/logger.ts";
import { defaultFlag, parseOneOf, type Flag } from "./flag.ts";

/** `--log.level` and `--log.format`, the same in every app. */
export const LOG_FLAGS: {
  readonly "log.level": Flag<LogLevel>;
  readonly "log.format": Flag<LogFormat>;
} = {
  "log.level": defaultFlag({
    placeholder: "level",
    help: `Least important lines to log: ${LOG_LEVELS.join(", ")}.`,
    defaultText: "info",
    parse: parseOneOf(...LOG_LEVELS),
  }),
  "log.format": defaultFlag({
    placeholder: "format",
    help: `Form of the log lines: ${LOG_FORMATS.join(", ")}.`,
    defaultText: "logfmt",
    parse: parseOneOf(...LOG_FORMATS),
  }),
};
