import type { Target, TargetState } from "@fc-async/inventory";
import { expect, test } from "vitest";
import { createReadiness } from "../src/web/readiness.ts";

const target = (regionId: string): Target => ({ id: `fc2/1/${regionId}`, source: "fc2", accountId: "1", regionId });
const [first, second] = [target("a"), target("b")];

function stateOf(of: Target, attempt: "none" | "failed" | "succeeded"): TargetState {
  const times = { atMs: 1, durationMs: 1, pages: 1 };
  const failure = { reason: "auth", message: "no", serverCode: undefined, requestId: undefined } as const;
  const lastPoll = {
    none: undefined,
    failed: { ...times, ok: false, failure },
    succeeded: { ...times, ok: true },
  } as const;
  return {
    target: of,
    version: 0,
    snapshot: undefined,
    lastPoll: lastPoll[attempt],
    consecutiveFailures: 0,
    nextDueAtMs: 0,
    shrinkUnconfirmed: false,
  };
}

test.each([
  ["no target was attempted", [stateOf(first, "none"), stateOf(second, "none")], [first.id, second.id]],
  ["the store does not know the targets yet", [], [first.id, second.id]],
  ["one of two was attempted", [stateOf(first, "succeeded"), stateOf(second, "none")], [second.id]],
  ["both were attempted, one in vain", [stateOf(first, "failed"), stateOf(second, "succeeded")], []],
])("when %s", (_, states, waiting) => {
  expect(createReadiness()([first, second], states)).toEqual({ ready: waiting.length === 0, waiting });
});

test("when the store does not answer from the start nothing is ready, and why is said", () => {
  const said = createReadiness()([first], undefined);
  expect(said).toMatchObject({ ready: false, problem: expect.stringContaining("store") });
});

test("who was ready once stays ready: a new target and a store that is away take nobody out of service", () => {
  const readiness = createReadiness();
  expect(readiness([first], [stateOf(first, "failed")]).ready).toBe(true);
  const states = [stateOf(first, "failed"), stateOf(second, "none")];
  expect(readiness([first, second], states)).toEqual({ ready: true, waiting: [second.id] });
  expect(readiness([first, second], undefined)).toEqual({ ready: true, waiting: [] });
});
