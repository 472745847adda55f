import { expect, test } from "vitest";
import { createExposition } from "@fc-async/exposition";
import type { Exposition, ExpositionFormat } from "@fc-async/exposition";
import { NODE_DEFLATE } from "./node-deflate.ts";
import { parseExposition } from "./parse-exposition.ts";
import { scrapedText } from "./scraped.ts";
import { HANGZHOU, SELF, SHANGHAI } from "./small-state.ts";

const FORMATS: readonly ExpositionFormat[] = ["text", "openmetrics"];

async function smallExposition(): Promise<Exposition> {
  const exposition = createExposition({ deflate: NODE_DEFLATE });
  await exposition.setTarget("fc2/1234567890123456/cn-shanghai", SHANGHAI);
  await exposition.setTarget("fc2/1234567890123456/cn-hangzhou", HANGZHOU);
  return exposition;
}

test.each(FORMATS)("writes a whole exposition in the %s format", async (format) => {
  const body = await scrapedText(await smallExposition(), format, SELF);
  await expect(body).toMatchFileSnapshot(`golden/small-state.${format}.golden.txt`);
});

test("both formats carry the same samples", async () => {
  const exposition = await smallExposition();
  const text = parseExposition(await scrapedText(exposition, "text", SELF), "text");
  const openMetrics = parseExposition(await scrapedText(exposition, "openmetrics", SELF), "openmetrics");
  expect(openMetrics.samples).toEqual(text.samples);
  expect(text.samples.size).toBe(32);
});

test("two scrapes of one state are equal, whichever formats were asked for in between", async () => {
  const exposition = await smallExposition();
  const first = await scrapedText(exposition, "text", SELF);
  for (let round = 0; round < 100; round += 1) {
    await scrapedText(exposition, FORMATS[round % 2], [...SELF]);
  }
  expect(await scrapedText(exposition, "text", SELF)).toBe(first);
});

test("the order of the calls does not show: targets are written by key, families by catalogue", async () => {
  const other = createExposition({ deflate: NODE_DEFLATE });
  await other.setTarget("fc2/1234567890123456/cn-hangzhou", { ...HANGZHOU, families: HANGZHOU.families.toReversed() });
  await other.setTarget("fc2/1234567890123456/cn-shanghai", SHANGHAI);
  expect(await scrapedText(other, "text", SELF.toReversed())).toBe(
    await scrapedText(await smallExposition(), "text", SELF),
  );
});

test("an exposition without anything is empty text, and in OpenMetrics only the end mark", async () => {
  const exposition = createExposition({ deflate: NODE_DEFLATE });
  expect(await scrapedText(exposition, "text")).toBe("");
  expect(await scrapedText(exposition, "openmetrics")).toBe("# EOF\n");
});

test("a family without samples has no metadata lines", async () => {
  const exposition = createExposition({ deflate: NODE_DEFLATE });
  await exposition.setTarget("t", {
    labels: HANGZHOU.labels,
    families: [
      { name: "aliyun_fc_async_task_functions", samples: [] },
      { name: "aliyun_fc_async_task_up", samples: [{ value: 1 }] },
    ],
  });
  const body = await scrapedText(exposition, "text", [{ name: "process_open_fds", samples: [] }]);
  expect([...parseExposition(body, "text").families.keys()]).toEqual(["aliyun_fc_async_task_up"]);
});

test("a family that targets and self both have stands in one place", async () => {
  const exposition = await smallExposition();
  const self = [
    ...SELF,
    {
      name: "aliyun_fc_async_task_poll_failures_total",
      samples: [{ labels: { account_id: "2", region_id: "cn-beijing", fc_version: "2", reason: "network" }, value: 9 }],
    } as const,
  ];
  for (const format of FORMATS) {
    // The parser throws when a family occurs twice.
    const { samples } = parseExposition(await scrapedText(exposition, format, self), format);
    const found = [...samples].filter(([key]) => key.includes("poll_failures_total"));
    expect(found.map(([, value]) => value)).toEqual([2, 0, 0, 0, 0, 0, 9]);
  }
  // The same targets without it are as if it had never been there.
  expect(await scrapedText(exposition, "text", SELF)).toBe(await scrapedText(await smallExposition(), "text", SELF));
});

test("the text format never says info, OpenMetrics never says _total or _info in metadata", async () => {
  const exposition = await smallExposition();
  expect(await scrapedText(exposition, "text", SELF)).not.toMatch(/^# TYPE \S+ info$/m);
  expect(await scrapedText(exposition, "openmetrics", SELF)).not.toMatch(/^# \w+ \S+(?:_total|_info) /m);
});

test("a removed target leaves nothing behind", async () => {
  const exposition = await smallExposition();
  exposition.removeTarget("fc2/1234567890123456/cn-hangzhou");
  exposition.removeTarget("fc2/1234567890123456/cn-hangzhou");
  exposition.removeTarget("never there");
  const body = await scrapedText(exposition);
  expect(body).not.toContain("cn-hangzhou");
  expect(body).toContain(
    'aliyun_fc_async_task_up{account_id="1234567890123456",region_id="cn-shanghai",fc_version="2"} 0',
  );
});

test("a target with new labels is rendered anew even when its families are the same objects", async () => {
  const exposition = await smallExposition();
  await exposition.setTarget("fc2/1234567890123456/cn-hangzhou", {
    ...HANGZHOU,
    labels: { ...HANGZHOU.labels, fc_version: "3" },
  });
  const body = await scrapedText(exposition);
  expect(body.match(/region_id="cn-hangzhou",fc_version="3"/g)?.length).toBe(20);
  expect(body).not.toContain('region_id="cn-hangzhou",fc_version="2"');
});

test("the very same scrape is handed out until something changes", async () => {
  const exposition = await smallExposition();
  const options = { format: "text", encoding: "gzip", self: SELF } as const;
  const first = await exposition.scrape(options);
  expect(await exposition.scrape(options)).toBe(first);
  expect(await exposition.scrape({ ...options, self: [...SELF] })).not.toBe(first);
  exposition.removeTarget("fc2/1234567890123456/cn-hangzhou");
  expect(await exposition.scrape(options)).not.toBe(first);
});
