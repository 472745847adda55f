import type { Logger } from "@fc-async/daemon";
import { LogLevel, type Logger as BoltLogger } from "@slack/bolt";

/** Bolt's log lines as ours. The level is decided by our logger alone. */
export function boltLogger(logger: Logger): BoltLogger {
  return {
    debug: (...parts) => logger.debug(line(parts)),
    info: (...parts) => logger.info(line(parts)),
    warn: (...parts) => logger.warn(line(parts)),
    error: (...parts) => logger.error(line(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.DEBUG,
    setName: () => undefined,
  };
}

function line(parts: readonly unknown[]): string {
  return parts.map(String).join(" ");
}
