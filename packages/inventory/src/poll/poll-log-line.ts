import type { PollEvent } from "./poll-event.ts";

/** One line of a log, for whatever logger the process has. */
export interface PollLogLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What the log says about an event of the poll loop: changes and trouble for everybody, the rest for debugging. */
export function pollLogLine(event: PollEvent): PollLogLine {
  const target = "target" in event ? { target: event.target.id } : {};
  switch (event.type) {
    case "poll_succeeded": {
      const { functionCount, rowCount, pages, durationMs } = event.snapshot;
      const fields = { ...target, functions: functionCount, rows: rowCount, pages, duration_ms: durationMs };
      // The first list of a target is news, the thousandth is not.
      return event.diff === undefined
        ? { level: "info", message: "first list read", fields }
        : { level: "debug", message: "list read", fields };
    }
    case "poll_failed": {
      const { reason, message, serverCode, requestId } = event.failure;
      const { pages, durationMs } = event;
      const fields = { ...target, reason, err: message, code: serverCode, request_id: requestId, pages };
      return { level: "warn", message: "poll failed", fields: { ...fields, duration_ms: durationMs } };
    }
    case "polls_skipped":
      return { level: "warn", message: "walk outlasted its interval", fields: { ...target, skipped: event.count } };
    case "lease_lost":
    case "fenced": {
      const fields = { ...target, cause: event.type };
      return { level: "warn", message: "walk given up, another process reads the target", fields };
    }
    case "store_down":
      return { level: "error", message: "inventory store does not answer", fields: { err: event.error } };
    case "store_up":
      return { level: "info", message: "inventory store answers again", fields: {} };
    case "poll_started":
      return { level: "debug", message: "poll started", fields: target };
    default:
      return { level: "debug", message: "call", fields: { ...target, call: event.call } };
  }
}
