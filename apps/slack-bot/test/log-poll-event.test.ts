import type { PollEvent } from "@fc-async/inventory";
import { expect, test } from "vitest";
import { logPollEvent } from "../src/logs/log-poll-event.ts";
import { recordingLogger, type LogLine } from "./bot.ts";
import { functionsOf, NOW_MS, targetState } from "./states.ts";

const { target, snapshot } = targetState({ rows: functionsOf("s", 2) });
if (snapshot === undefined) throw new Error("the state has a list");
const unchanged = { added: [], removed: [], addedFunctions: 0, removedFunctions: 0 };
const failure = { reason: "denied", message: "no", serverCode: "AccessDenied", requestId: "1-2" } as const;

test.each<readonly [string, PollEvent, string, string]>([
  [
    "a first list",
    { type: "poll_succeeded", target, snapshot, diff: undefined, nextDueAtMs: NOW_MS },
    "info",
    "first list read",
  ],
  [
    "a later list",
    { type: "poll_succeeded", target, snapshot, diff: unchanged, nextDueAtMs: NOW_MS },
    "debug",
    "list read",
  ],
  [
    "a failure",
    { type: "poll_failed", target, failure, error: undefined, durationMs: 1, pages: 0, nextDueAtMs: NOW_MS },
    "warn",
    "poll failed",
  ],
  ["skipped polls", { type: "polls_skipped", target, count: 2 }, "warn", "walk outlasted its interval"],
  ["a lost lease", { type: "lease_lost", target }, "warn", "walk given up, another process reads the target"],
  ["a store that is down", { type: "store_down", error: new Error("no") }, "error", "inventory store does not answer"],
  ["a store that is back", { type: "store_up" }, "info", "inventory store answers again"],
  ["a start", { type: "poll_started", target }, "debug", "poll started"],
])("%s is one line", (_, event, level, msg) => {
  const log: LogLine[] = [];
  logPollEvent(recordingLogger(log), event);
  expect(log).toEqual([expect.objectContaining({ level, msg })]);
  if ("target" in event) expect(log[0]?.fields).toMatchObject({ target: "fc2/1234567890123456/cn-hangzhou" });
});
