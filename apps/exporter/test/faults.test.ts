import type { Account, FaultAction, FaultMatch } from "@fc-async/emulator";
import { expect, test } from "vitest";
import { sumOf, targetLines, valuesOf } from "./exposed.ts";
import { MINUTE_MS, scene } from "./scene.ts";

const accountId = "1000000000000007";

/** Three pages: 250 functions in 5 services. */
const THREE_PAGES: readonly Account[] = [
  {
    accountId,
    accessKeys: [{ accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" }],
    regions: {
      "cn-hangzhou": Array.from({ length: 250 }, (_, index) => ({
        serviceName: `service-${index % 5}`,
        functionName: `function-${index}`,
        qualifier: "LATEST",
      })),
    },
  },
];

const row = (fields: Readonly<Record<string, unknown>>): FaultAction => ({
  type: "body",
  body: JSON.stringify({ data: [{ serviceName: "s", functionName: "f", qualifier: "q", ...fields }], nextToken: "" }),
});

const PAGE_2: FaultMatch = { page: 2 };
const ANY_PAGE: FaultMatch = {};

/** What page 2, or any page, does for ever once the list was read. Whatever it is, the list that was read stays as it was. */
test.each<readonly [title: string, action: FaultAction, reason: string, match: FaultMatch]>([
  ["case 1: answers 500", { type: "status", status: 500 }, "server", PAGE_2],
  ["case 3: repeats its token", { type: "token", token: "repeat" }, "pagination", PAGE_2],
  ["case 4: turns in a circle of tokens", { type: "token", token: { cycle: 3 } }, "pagination", ANY_PAGE],
  ["case 8: is empty with a further token, without end", { type: "page", rows: 0 }, "pagination", ANY_PAGE],
  ["case 9: has 101 rows", { type: "page", rows: 101 }, "invalid_response", PAGE_2],
  [
    "case 14: asks to come back in an hour",
    { type: "status", status: 429, headers: { "retry-after": "3600" } },
    "throttled",
    PAGE_2,
  ],
  ["case 15: is throttled with a 400", { type: "status", status: 400, code: "Throttling.User" }, "throttled", PAGE_2],
  ["case 21: is denied", { type: "status", status: 403, code: "AccessDenied" }, "denied", PAGE_2],
  ["case 22: is reset after 1,000 bytes", { type: "reset", afterBytes: 1000 }, "network", PAGE_2],
  ["case 22: ends before its headers", { type: "close" }, "network", PAGE_2],
  ["case 23: is cut gzip", { type: "body", gzip: "cut" }, "invalid_response", PAGE_2],
  ["case 25: is HTML with 200", { type: "body", body: "<html>Service</html>" }, "invalid_response", PAGE_2],
  ["case 25: is HTML with 502", { type: "body", status: 502, body: "<html>Bad gateway</html>" }, "server", PAGE_2],
  ["case 28: has a function whose name is a number", row({ functionName: 5 }), "invalid_response", PAGE_2],
  ["case 28: has a function without a name", row({ functionName: undefined }), "invalid_response", PAGE_2],
  ["case 31: has a name of 10,000 characters", row({ functionName: "x".repeat(10_000) }), "limit", PAGE_2],
])("keeps the last complete list when a page %s", async (_, action, reason, match) => {
  const { poll, metrics, emulator, errors } = await scene({ accounts: THREE_PAGES });
  await poll();
  const before = await metrics();
  expect(sumOf(before, "aliyun_fc_async_task_functions")).toBe(250);
  emulator.faults.arm([{ match, times: "forever", action }]);
  await poll();
  const after = await metrics();
  expect(listOf(after)).toBe(listOf(before));
  expect(valuesOf(after, "aliyun_fc_async_task_up")).toEqual([0]);
  expect(failuresOf(after)).toEqual([reason]);
  expect(errors).toEqual([]);

  emulator.faults.disarm();
  await poll();
  expect(valuesOf(await metrics(), "aliyun_fc_async_task_up")).toEqual([1]);
});

test.each<readonly [title: string, action: FaultAction, times: number]>([
  ["case 2: answers 500 twice", { type: "status", status: 500 }, 2],
  ["case 13: asks to come back in 2 s", { type: "status", status: 429, headers: { "retry-after": "2" } }, 1],
])("publishes one whole list when a page %s", async (_, action, times) => {
  const { poll, metrics } = await scene({ accounts: THREE_PAGES, faults: [{ match: { page: 2 }, times, action }] });
  await poll();
  const text = await metrics();
  expect(sumOf(text, "aliyun_fc_async_task_functions")).toBe(250);
  expect(valuesOf(text, "aliyun_fc_async_task_up")).toEqual([1]);
  expect(valuesOf(text, "aliyun_fc_async_task_polls_total")).toEqual([1]);
});

test.each(["absent", "null", "two-quotes"] as const)(
  "case 6: reads the end of the list from a token that is %s",
  async (token) => {
    const { poll, metrics } = await scene({
      accounts: THREE_PAGES,
      faults: [{ match: {}, times: "forever", action: { type: "token", token } }],
    });
    await poll();
    const text = await metrics();
    expect(sumOf(text, "aliyun_fc_async_task_functions")).toBe(250);
    expect(quirksOf(text)).toEqual(token === "two-quotes" ? ["two_quote_token"] : []);
  },
);

test("case 12: reads the list again from its start when its tokens expire on the way, once", async () => {
  let served = 0;
  const { poll, metrics, emulator } = await scene({
    accounts: THREE_PAGES,
    tokenTtlMs: MINUTE_MS,
    onRequest: () => {
      served += 1;
      if (served === 2) emulator.clock.advance(MINUTE_MS + 1);
    },
  });
  await poll();
  const text = await metrics();
  // Two pages, a refusal, three pages.
  expect(emulator.requests.map(({ page, status }) => [page, status])).toEqual([
    [1, 200],
    [2, 200],
    [undefined, 400],
    [1, 200],
    [2, 200],
    [3, 200],
  ]);
  expect(sumOf(text, "aliyun_fc_async_task_functions")).toBe(250);
  expect(valuesOf(text, "aliyun_fc_async_task_duplicate_rows")).toEqual([0]);
  expect(quirksOf(text)).toEqual(["refused_token"]);
});

test("case 12: fails with reason pagination when they expire again", async () => {
  const { poll, metrics, emulator } = await scene({
    accounts: THREE_PAGES,
    tokenTtlMs: MINUTE_MS,
    onRequest: () => emulator.clock.advance(MINUTE_MS + 1),
  });
  await poll();
  const text = await metrics();
  expect(emulator.requests.map(({ status }) => status)).toEqual([200, 400, 200, 400]);
  expect(failuresOf(text)).toEqual(["pagination"]);
  expect(valuesOf(text, "aliyun_fc_async_task_up")).toEqual([0]);
});

test("case 10: counts a row on two pages once, and says so", async () => {
  const { poll, metrics } = await scene({
    accounts: THREE_PAGES,
    faults: [{ match: { page: 2 }, times: 1, action: { type: "page", overlap: 1 } }],
  });
  await poll();
  const text = await metrics();
  expect(sumOf(text, "aliyun_fc_async_task_functions")).toBe(250);
  expect(valuesOf(text, "aliyun_fc_async_task_duplicate_rows")).toEqual([1]);
});

test("case 11: lists a row that lives all along exactly once while others come and go between pages", async () => {
  let served = 0;
  const { poll, metrics, emulator } = await scene({
    accounts: THREE_PAGES,
    onRequest: () => {
      served += 1;
      if (served !== 1) return;
      const rows = emulator.rows(accountId, "cn-hangzhou");
      rows.remove(...rows.all().filter((_, index) => index === 0 || index === 249));
      rows.add(
        { serviceName: "a-first", functionName: "early", qualifier: "LATEST" },
        { serviceName: "service-9", functionName: "late", qualifier: "LATEST" },
      );
    },
  });
  const before = emulator.rows(accountId, "cn-hangzhou").all();
  await poll();
  expect(served).toBe(3);
  const text = await metrics();
  expect(valuesOf(text, "aliyun_fc_async_task_up")).toEqual([1]);
  for (const { functionName } of before.slice(1, -1)) {
    expect(text.split(`function_name="${functionName}",`)).toHaveLength(2);
  }
  expect(text).toContain('function_name="late"');
});

function listOf(text: string): string {
  return targetLines(text)
    .split("\n")
    .filter((line) => /^aliyun_fc_async_task_(?:\w*functions|function_info|qualifiers|services)\{/u.test(line))
    .join("\n");
}

/** Reasons of the failures that were counted. */
function failuresOf(text: string): readonly (string | undefined)[] {
  const counted = text.matchAll(/^aliyun_fc_async_task_poll_failures_total\{.*reason="(\w+)"\} [1-9]/gmu);
  return Array.from(counted, ([, reason]) => reason);
}

function quirksOf(text: string): readonly (string | undefined)[] {
  const counted = text.matchAll(/^aliyun_fc_async_task_quirks_total\{.*quirk="(\w+)"\} [1-9]/gmu);
  return Array.from(counted, ([, quirk]) => quirk);
}
