import {
  clockSkewFrom,
  formatIso8601Seconds,
  formatRfc1123,
  parseIso8601Seconds,
  parseRfc1123,
} from "@fc-async/protocol";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const sundaySecond = Date.UTC(2026, 10, 22, 8, 5, 7);
const instant = fc.integer({ min: 0, max: Date.UTC(2999, 0) / 1000 }).map((seconds) => seconds * 1000);

test("writes both dates in UTC to the second, cutting milliseconds off", () => {
  expect(formatRfc1123(sundaySecond + 999)).toBe("Sun, 22 Nov 2026 08:05:07 GMT");
  expect(formatIso8601Seconds(sundaySecond + 999)).toBe("2026-11-22T08:05:07Z");
});

test("reads what it wrote", () => {
  fc.assert(
    fc.property(instant, (epochMs) => {
      expect(parseRfc1123(formatRfc1123(epochMs))).toBe(epochMs);
      expect(parseIso8601Seconds(formatIso8601Seconds(epochMs))).toBe(epochMs);
    }),
  );
});

test.each([
  "",
  "soon",
  "Mon, 22 Nov 2026 08:05:07 GMT",
  "Sun, 22 Nov 2026 08:05:07 +0000",
  "Sunday, 22-Nov-26 08:05:07 GMT",
  "Sun Nov 22 08:05:07 2026",
  "Mon, 30 Feb 2026 08:05:07 GMT",
  "Sun, 22 Nov 2026 25:05:07 GMT",
  "Sun, 22 Foo 2026 08:05:07 GMT",
])("does not read %j as an HTTP date", (text) => {
  expect(parseRfc1123(text)).toBeUndefined();
});

test.each([
  "2026-11-22T08:05:07",
  "2026-11-22T08:05:07.000Z",
  "2026-11-22 08:05:07Z",
  "2026-02-30T08:05:07Z",
  "2026-11-22T25:05:07Z",
  "20261122T080507Z",
])("does not read %j as the date of a signature", (text) => {
  expect(parseIso8601Seconds(text)).toBeUndefined();
});

describe("the clock skew", () => {
  const sample = {
    date: formatRfc1123(sundaySecond),
    age: null,
    sentAtMs: sundaySecond - 1_200_000,
    receivedAtMs: sundaySecond - 1_200_000 + 4000,
  };

  test("is the service's date against the middle of the exchange", () => {
    expect(clockSkewFrom(sample)).toBe(1_198_000);
  });

  test("case 17: is not learned from a cached answer", () => {
    expect(clockSkewFrom({ ...sample, age: "900" })).toBeUndefined();
  });

  test.each([
    ["there is no date", { date: null }],
    ["the date is malformed", { date: "yesterday" }],
    ["it is beyond a day", { sentAtMs: 0, receivedAtMs: 0 }],
    ["it is beyond a day behind", { sentAtMs: sample.sentAtMs * 2, receivedAtMs: sample.receivedAtMs * 2 }],
  ])("is not learned when %s", (_why, change) => {
    expect(clockSkewFrom({ ...sample, ...change })).toBeUndefined();
  });
});
