import { checkMessage, readMessage, renderMessage } from "@fc-async/slack-sim";
import type { TargetState } from "@fc-async/inventory";
import { describe, expect, test } from "vitest";
import { answerQuery } from "../src/answer-query.ts";
import { parseQuery } from "../src/commands/parse-query.ts";
import type { Message } from "../src/view/message.ts";
import type { TableStyle } from "../src/view/table.ts";
import { functionsOf, MINUTE_MS, NOW_MS, targetState } from "./states.ts";

const PROD = "1234567890123456";
const STAGING = "6543210987654321";

/** Two accounts with three regions, all read. */
const complete: readonly TargetState[] = [
  targetState({
    accountId: PROD,
    rows: [
      ...functionsOf("billing-jobs", 3),
      ["media", "transcode", "LATEST"],
      ["media", "transcode", "live"],
      ["media", "thumbnail", "LATEST"],
    ],
  }),
  targetState({
    accountId: PROD,
    regionId: "cn-shanghai",
    rows: functionsOf("billing-jobs", 2),
    readAtMs: NOW_MS - 2 * MINUTE_MS,
  }),
  targetState({ accountId: STAGING, rows: functionsOf("billing-jobs", 1) }),
];

/** The same with one target that fails, one that is old, one too old, one unread, and one that shrank. */
const partial: readonly TargetState[] = [
  ...complete,
  targetState({ accountId: PROD, regionId: "cn-beijing", failure: { reason: "timeout" } }),
  targetState({
    accountId: STAGING,
    regionId: "cn-beijing",
    rows: functionsOf("media", 1),
    readAtMs: NOW_MS - 5 * MINUTE_MS,
    failure: { reason: "denied", serverCode: "AccessDenied", requestId: "1-6561f1-abc" },
  }),
  targetState({
    accountId: STAGING,
    regionId: "cn-shenzhen",
    rows: functionsOf("media", 1),
    readAtMs: NOW_MS - 60 * MINUTE_MS,
    failure: { reason: "network" },
  }),
  targetState({ accountId: STAGING, regionId: "eu-central-1" }),
  targetState({ accountId: STAGING, regionId: "us-east-1", rows: functionsOf("media", 2), shrinkUnconfirmed: true }),
];

/** Seven targets that failed, seven with an older list, seven that shrank, with everything as long as it may be. */
const failing: readonly TargetState[] = [
  ...Array.from({ length: 7 }, (_, i) =>
    targetState({
      accountId: `${i}`,
      failure: { reason: "denied", serverCode: "&".repeat(600), requestId: "r".repeat(600) },
    }),
  ),
  ...Array.from({ length: 7 }, (_, i) =>
    targetState({
      accountId: `${i}`,
      regionId: "cn-shanghai",
      rows: functionsOf("s", 1),
      failure: { reason: "server" },
    }),
  ),
  ...Array.from({ length: 7 }, (_, i) =>
    targetState({ accountId: `${i}`, regionId: "cn-beijing", rows: functionsOf("s", 1), shrinkUnconfirmed: true }),
  ),
];

/** Names near Function Compute's 128 characters, and one that cannot be typed as it is shown. */
const longNames = [
  targetState({
    rows: ["eu", "us", "back`tick"].flatMap((end) =>
      functionsOf(`order-processing-service-for-the-market-and-everything-around-it-${end}`.padEnd(120, "x"), 1),
    ),
  }),
];

const empty = [targetState({ rows: [] })];
const large = [
  targetState({ rows: Array.from({ length: 412 }, (_, i) => functionsOf(`service-${i}`, (i % 7) + 1)).flat() }),
];

function answer(text: string, states: readonly TargetState[], tables: TableStyle = "auto"): Promise<Message> {
  return answerQuery(parseQuery(text), states, {
    aliases: new Map([[PROD, "prod"]]),
    nowMs: NOW_MS,
    maxStalenessMs: 15 * MINUTE_MS,
    commandName: "/fc-async",
    tables,
    yieldToLoop: async () => undefined,
  });
}

/** The JSON Slack gets and what a reader sees of it, in one file. */
function shown(message: unknown): string {
  const json = JSON.stringify(message, undefined, 1);
  const received = readMessage(json, "application/json");
  if (received === undefined) throw new Error("an answer is never empty");
  expect(checkMessage(received)).toEqual([]);
  return `${renderMessage(received)}\n\n${"=".repeat(40)}\n${json}\n`;
}

describe("every message is accepted by Slack and reads as expected", () => {
  test.each([
    ["overview", "", complete],
    ["overview-partial", "", partial],
    ["overview-empty", "", empty],
    ["overview-empty-partial", "", [...empty, targetState({ regionId: "cn-beijing", failure: { reason: "denied" } })]],
    ["overview-unread", "", [targetState()]],
    ["overview-all-failed", "", [targetState({ failure: { reason: "auth", serverCode: "InvalidAccessKeyId" } })]],
    ["overview-no-account", "", []],
    ["overview-empty-stale", "", [targetState({ rows: [], failure: { reason: "timeout" } })]],
    ["overview-many-failing", "", failing],
    ["services", "services", complete],
    ["services-partial", "services", partial],
    ["services-one-place", "services", complete.slice(0, 1)],
    ["list", "list", complete],
    ["list-service", "list billing-jobs", complete],
    ["list-glob", "list m*a", complete],
    ["list-one-row", "list", [targetState({ rows: functionsOf("solo", 1) })]],
    ["list-no-match", "list Billing-Jobs", complete],
    ["list-no-match-long-names", "list order-processing", longNames],
    ["list-no-match-nothing-near", "list xyzzy", complete],
    ["list-empty", "list billing-jobs", empty],
    ["help", "help", []],
    ["help-list", "help list", []],
    ["unknown-verb", "servces", complete],
    ["unknown-verb-is-a-service", "media", complete],
    ["unknown-verb-near-a-service", "meda", complete],
    ["unknown-topic", "help lst", complete],
    ["unknown-option", "list --all", complete],
    ["unexpected-word", "list a b", complete],
    ["unclosed-quote", 'list "a', complete],
  ])("%s", async (name, text, states) => {
    await expect(shown(await answer(text, states))).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  test.each([
    ["services-text", "services", partial],
    ["list-text", "list", complete],
  ])("%s", async (name, text, states) => {
    await expect(shown(await answer(text, states, "text"))).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  test.each(["services", "list"])("%s of a large account states what is left out", async (text) => {
    await expect(shown(await answer(text, large))).toMatchFileSnapshot(`golden/${text}-large.txt`);
  });
});
