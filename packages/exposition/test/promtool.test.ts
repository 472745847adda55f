import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createExposition } from "@fc-async/exposition";
import { everyFamily } from "./every-family.ts";
import { NODE_DEFLATE } from "./node-deflate.ts";
import { parseExposition } from "./parse-exposition.ts";
import { scrapedText } from "./scraped.ts";

const MISSING = "promtool is not installed; FC_ASYNC_REQUIRE_TOOLS=1 makes that a failure";

/** What promtool has to say; `undefined` where it may be and is missing. */
function promtoolVerdict(body: string): { status: number | null; output: string } | undefined {
  const { error, status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], {
    input: body,
    encoding: "utf8",
  });
  if (error !== undefined) {
    if (process.env["FC_ASYNC_REQUIRE_TOOLS"] === "1") {
      throw error;
    }
    return undefined;
  }
  return { status, output: stdout + stderr };
}

test.for(["small-state", "hostile-names"])("promtool accepts golden/%s", (name, context) => {
  const body = readFileSync(new URL(`golden/${name}.text.golden.txt`, import.meta.url), "utf8");
  const verdict = promtoolVerdict(body);
  if (verdict === undefined) {
    context.skip(MISSING);
  }
  expect(verdict).toEqual({ status: 0, output: "" });
});

test("promtool accepts every family of the catalogue at once", async (context) => {
  const exposition = createExposition({ deflate: NODE_DEFLATE });
  const { target, self } = everyFamily(3);
  await exposition.setTarget("t", target);
  const verdict = promtoolVerdict(await scrapedText(exposition, "text", self));
  if (verdict === undefined) {
    context.skip(MISSING);
  }
  expect(verdict).toEqual({ status: 0, output: "" });
});

test("every family of the catalogue is one group with the same samples in both formats", async () => {
  const exposition = createExposition({ deflate: NODE_DEFLATE });
  const { target, self } = everyFamily(3);
  await exposition.setTarget("t", target);
  const text = parseExposition(await scrapedText(exposition, "text", self), "text");
  const openMetrics = parseExposition(await scrapedText(exposition, "openmetrics", self), "openmetrics");
  expect(openMetrics.samples).toEqual(text.samples);
  expect(openMetrics.families.size).toBe(target.families.length + self.length);
});
