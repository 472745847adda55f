import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { createExposition } from "@fc-async/exposition";
import { NODE_DEFLATE } from "./node-deflate.ts";
import { scrapedBytes } from "./scraped.ts";
import { HANGZHOU, SHANGHAI } from "./small-state.ts";

const SELF = [{ name: "probe_success", samples: [{ value: 1 }] }] as const;

test("a scrape of one target is what a scrape of all would be if there were no other", async () => {
  const both = createExposition({ deflate: NODE_DEFLATE });
  await both.setTarget("a", HANGZHOU);
  await both.setTarget("b", SHANGHAI);
  const alone = createExposition({ deflate: NODE_DEFLATE });
  await alone.setTarget("b", SHANGHAI);
  for (const format of ["text", "openmetrics"] as const) {
    const wanted = await scrapedBytes(alone, { format, encoding: "identity", self: SELF });
    expect(await scrapedBytes(both, { format, encoding: "identity", self: SELF, target: "b" })).toEqual(wanted);
    const gzip = await scrapedBytes(both, { format, encoding: "gzip", self: SELF, target: "b" });
    expect(gunzipSync(gzip)).toEqual(wanted);
  }
});

test("of an unknown target only the other families are written", async () => {
  const exposition = createExposition({ deflate: NODE_DEFLATE });
  await exposition.setTarget("a", HANGZHOU);
  const body = await scrapedBytes(exposition, { format: "text", encoding: "identity", self: SELF, target: "nowhere" });
  expect(
    body
      .toString()
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#")),
  ).toEqual(["probe_success 1"]);
});
