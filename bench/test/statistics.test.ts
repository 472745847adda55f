import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { burstAboveRate } from "../statistics/burst-above-rate.ts";
import { percentile } from "../statistics/percentile.ts";

describe("a percentile", () => {
  test.each([
    [50, 2],
    [75, 3],
    [76, 4],
    [99, 4],
    [100, 4],
    [0, 1],
  ])("%i of 4, 1, 3, 2 is %i", (percent, value) => {
    expect(percentile([4, 1, 3, 2], percent)).toBe(value);
  });
});

describe("what arrived ahead of a rate", () => {
  test("is all of it when it came at once", () => {
    expect(burstAboveRate([5, 5, 5, 5], 10)).toBe(4);
  });

  test("is one request when each came at its time", () => {
    expect(burstAboveRate([0, 100, 200, 300], 10)).toBe(1);
  });

  test("is found in the middle, and a pause earns nothing for later", () => {
    expect(burstAboveRate([0, 10_000, 10_000, 10_000, 10_100, 20_000], 10)).toBe(3);
  });

  test("is what a bucket must have held to let every stretch through", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 50 }),
        (gaps, rate) => {
          let atMs = 0;
          const arrivalsMs = gaps.map((gapMs) => (atMs += gapMs));
          const stretches = arrivalsMs.flatMap((fromMs, first) =>
            arrivalsMs.slice(first).map((toMs, index) => index + 1 - ((toMs - fromMs) / 1000) * rate),
          );
          expect(burstAboveRate(arrivalsMs, rate)).toBeCloseTo(Math.max(...stretches), 6);
        },
      ),
    );
  });
});
