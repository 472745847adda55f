import { expect, test } from "vitest";
import * as fc from "fast-check";
import { createExposition } from "@fc-async/exposition";
import type { TargetFamily } from "@fc-async/exposition";
import { NODE_DEFLATE } from "./node-deflate.ts";
import { parseExposition } from "./parse-exposition.ts";
import { scrapedText } from "./scraped.ts";
import { HANGZHOU } from "./small-state.ts";

const HOSTILE = [
  'quote"',
  "back\\slash",
  "\\n",
  "line\nfeed",
  "carriage\rreturn",
  "nul\0",
  "emoji 🦀",
  "rtl \u202Ename",
  "tab\t{}=,#",
  "\u2028",
  " ",
  "",
  "a,b:c",
  "__proto__",
  "constructor",
  "hasOwnProperty",
];

function infoFamily(names: readonly string[]): TargetFamily {
  return {
    name: "aliyun_fc_async_task_function_info",
    samples: names.map((name) => ({
      shared: { service_name: name },
      columns: { function_name: [name, `${name}'`], qualifier: [name, "LATEST"] },
      value: 1,
    })),
  };
}

function infoKey(service: string, fn: string, qualifier: string): string {
  return JSON.stringify([
    "aliyun_fc_async_task_function_info",
    [
      ["account_id", "1234567890123456"],
      ["fc_version", "2"],
      ["function_name", fn],
      ["qualifier", qualifier],
      ["region_id", "cn-hangzhou"],
      ["service_name", service],
    ],
  ]);
}

async function exposed(families: readonly TargetFamily[], format: "text" | "openmetrics"): Promise<string> {
  const exposition = createExposition({ deflate: NODE_DEFLATE });
  await exposition.setTarget("t", { labels: HANGZHOU.labels, families });
  return scrapedText(exposition, format);
}

test.each(["text", "openmetrics"] as const)(
  "case 30: hostile names come out exact and distinct in %s",
  async (format) => {
    const body = await exposed([infoFamily(HOSTILE)], format);
    const { samples } = parseExposition(body, format);
    const wanted = HOSTILE.flatMap((name) => [infoKey(name, name, name), infoKey(name, `${name}'`, "LATEST")]);
    expect([...samples.keys()]).toEqual(wanted);
    await expect(body).toMatchFileSnapshot(`golden/hostile-names.${format}.golden.txt`);
  },
);

test("case 30: a:1,b:2 and a:1 with b:2 stay two series", async () => {
  const rows = [
    { service_name: "s,function_name:f", function_name: "f" },
    { service_name: "s", function_name: "f,function_name:f" },
    { service_name: 's",function_name="f', function_name: "f" },
  ];
  const body = await exposed(
    [
      {
        name: "aliyun_fc_async_task_function_info",
        samples: rows.map((row) => ({ labels: { ...row, qualifier: "LATEST" }, value: 1 })),
      },
    ],
    "text",
  );
  expect(parseExposition(body, "text").samples.size).toBe(3);
});

test("a lone surrogate becomes U+FFFD, never a byte that is not UTF-8", async () => {
  // scrapedText decodes strictly.
  const body = await exposed([infoFamily(["high \uD83E", "\uDD80 low"])], "text");
  expect(body).toContain('service_name="high \uFFFD"');
  expect(body).toContain('service_name="\uFFFD low"');
});

test("any names read back exactly, in both formats alike", async () => {
  const name = fc.string({
    unit: fc.oneof(
      fc.constantFrom('"', "\\", "\n", "n", ",", "}"),
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(name, { maxLength: 8 }), async (names) => {
      const text = parseExposition(await exposed([infoFamily(names)], "text"), "text");
      const openMetrics = parseExposition(await exposed([infoFamily(names)], "openmetrics"), "openmetrics");
      const wanted = names.flatMap((each) => [infoKey(each, each, each), infoKey(each, `${each}'`, "LATEST")]);
      expect([...text.samples.keys()]).toEqual(wanted);
      expect(openMetrics.samples).toEqual(text.samples);
    }),
  );
});
