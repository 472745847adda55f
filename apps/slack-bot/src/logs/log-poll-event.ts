import type { Logger } from "@fc-async/daemon";
import type { PollEvent } from "@fc-async/inventory";

/** Writes what the poll loop does into the log: changes and trouble for everybody, the rest for debugging. */
export function logPollEvent(logger: Logger, event: PollEvent): void {
  switch (event.type) {
    case "poll_succeeded": {
      const { functionCount, rowCount, pages, durationMs } = event.snapshot;
      const fields = {
        target: event.target.id,
        functions: functionCount,
        rows: rowCount,
        pages,
        duration_ms: durationMs,
      };
      // The first list of a target is news, the thousandth is not.
      if (event.diff === undefined) logger.info("first list read", fields);
      else logger.debug("list read", fields);
      break;
    }
    case "poll_failed": {
      const { reason, message, serverCode, requestId } = event.failure;
      const { pages, durationMs } = event;
      logger.warn("poll failed", {
        target: event.target.id,
        reason,
        err: message,
        code: serverCode,
        request_id: requestId,
        pages,
        duration_ms: durationMs,
      });
      break;
    }
    case "polls_skipped":
      logger.warn("walk outlasted its interval", { target: event.target.id, skipped: event.count });
      break;
    case "lease_lost":
    case "fenced":
      logger.warn("walk given up, another process reads the target", { target: event.target.id, cause: event.type });
      break;
    case "store_down":
      logger.error("inventory store does not answer", { err: event.error });
      break;
    case "store_up":
      logger.info("inventory store answers again");
      break;
    case "poll_started":
      logger.debug("poll started", { target: event.target.id });
      break;
    case "call":
      logger.debug("call", { target: event.target.id, call: event.call });
      break;
  }
}
