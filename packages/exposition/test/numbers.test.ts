import { expect, test } from "vitest";
import * as fc from "fast-check";
import { API_REQUEST_DURATION_BUCKETS_SECONDS, createExposition } from "@fc-async/exposition";
import type { HistogramBucket, SelfFamily } from "@fc-async/exposition";
import { NODE_DEFLATE } from "./node-deflate.ts";
import { parseExposition } from "./parse-exposition.ts";
import { scrapedText } from "./scraped.ts";

async function sampleLines(self: SelfFamily, format: "text" | "openmetrics" = "text"): Promise<readonly string[]> {
  const body = await scrapedText(createExposition({ deflate: NODE_DEFLATE }), format, [self]);
  return body.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

test.each([
  [0, "0"],
  [-0, "0"],
  [1, "1"],
  [-2.5, "-2.5"],
  [1_750_000_000.25, "1750000000.25"],
  [0.1 + 0.2, "0.30000000000000004"],
  [Number.MAX_SAFE_INTEGER, "9007199254740991"],
  [1e21, "1e+21"],
  [5e-324, "5e-324"],
  [NaN, "NaN"],
  [Infinity, "+Inf"],
  [-Infinity, "-Inf"],
])("the value %d is written %s", async (value, text) => {
  expect(await sampleLines({ name: "process_open_fds", samples: [{ value }] })).toEqual([`process_open_fds ${text}`]);
});

test("every value reads back as the same number in both formats", async () => {
  await fc.assert(
    fc.asyncProperty(fc.double(), async (value) => {
      const exposition = createExposition({ deflate: NODE_DEFLATE });
      for (const format of ["text", "openmetrics"] as const) {
        const body = await scrapedText(exposition, format, [{ name: "process_open_fds", samples: [{ value }] }]);
        expect([...parseExposition(body, format).samples.values()]).toEqual([value === 0 ? 0 : value]);
      }
    }),
  );
});

function histogram(buckets: readonly HistogramBucket[]): SelfFamily {
  return {
    name: "nodejs_gc_duration_seconds",
    samples: [{ labels: { kind: "major" }, buckets, sum: 1.5, count: 9 }],
  };
}

// The rendering that the OpenMetrics specification prints for powers of ten and common quantiles.
test.each([
  [1e-10, "1e-10"],
  [0.000_01, "1e-05"],
  [0.0001, "0.0001"],
  [0.001, "0.001"],
  [0.05, "0.05"],
  [0.99, "0.99"],
  [0, "0.0"],
  [1, "1.0"],
  [10, "10.0"],
  [100_000, "100000.0"],
  [123_456.5, "123456.5"],
  [1_000_000, "1e+06"],
  [1_234_567, "1.234567e+06"],
  [1e10, "1e+10"],
  [-1, "-1.0"],
])("the bucket bound %d is le=%j in both formats", async (le, text) => {
  for (const format of ["text", "openmetrics"] as const) {
    expect(await sampleLines(histogram([{ le, count: 1 }]), format)).toEqual([
      `nodejs_gc_duration_seconds_bucket{kind="major",le="${text}"} 1`,
      'nodejs_gc_duration_seconds_bucket{kind="major",le="+Inf"} 9',
      'nodejs_gc_duration_seconds_sum{kind="major"} 1.5',
      'nodejs_gc_duration_seconds_count{kind="major"} 9',
    ]);
  }
});

test("the buckets of the API's duration are eight, ascending", () => {
  expect(API_REQUEST_DURATION_BUCKETS_SECONDS).toEqual(API_REQUEST_DURATION_BUCKETS_SECONDS.toSorted((a, b) => a - b));
  expect(API_REQUEST_DURATION_BUCKETS_SECONDS).toHaveLength(8);
});
