import { createSnapshotBuilder, pollLogLine, targetId, type PollEvent, type Target } from "@fc-async/inventory";
import { expect, test } from "vitest";

const accountId = "1234567890123456";
const id = targetId("fc2", accountId, "cn-hangzhou");
const target: Target = { id, source: "fc2", accountId, regionId: "cn-hangzhou" };
const failure = { reason: "denied", message: "no", serverCode: "AccessDenied", requestId: "1-2" } as const;
const unchanged = { added: [], removed: [], addedFunctions: 0, removedFunctions: 0 };
const snapshot = await createSnapshotBuilder(
  () => true,
  async () => undefined,
).finish({ startedAtMs: 0, durationMs: 7 });
const ended = { target, nextDueAtMs: 0 };

test.each<readonly [string, PollEvent, string, string, object]>([
  [
    "a first list",
    { type: "poll_succeeded", ...ended, snapshot, diff: undefined },
    "info",
    "first list read",
    { functions: 0, duration_ms: 7 },
  ],
  ["a later list", { type: "poll_succeeded", ...ended, snapshot, diff: unchanged }, "debug", "list read", { rows: 0 }],
  [
    "a failure",
    { type: "poll_failed", ...ended, failure, error: undefined, durationMs: 1, pages: 2 },
    "warn",
    "poll failed",
    { reason: "denied", code: "AccessDenied", request_id: "1-2", err: "no", pages: 2, duration_ms: 1 },
  ],
  ["skipped polls", { type: "polls_skipped", target, count: 2 }, "warn", "walk outlasted its interval", { skipped: 2 }],
  [
    "a lost lease",
    { type: "lease_lost", target },
    "warn",
    "walk given up, another process reads the target",
    { cause: "lease_lost" },
  ],
  [
    "a fenced result",
    { type: "fenced", target },
    "warn",
    "walk given up, another process reads the target",
    { cause: "fenced" },
  ],
  [
    "a store that is down",
    { type: "store_down", error: "no" },
    "error",
    "inventory store does not answer",
    { err: "no" },
  ],
  ["a store that is back", { type: "store_up" }, "info", "inventory store answers again", {}],
  ["a start", { type: "poll_started", target }, "debug", "poll started", {}],
])("%s is one line that names its target", (_, event, level, message, fields) => {
  const named = "target" in event ? { ...fields, target: "fc2/1234567890123456/cn-hangzhou" } : fields;
  expect(pollLogLine(event)).toMatchObject({ level, message, fields: named });
});
