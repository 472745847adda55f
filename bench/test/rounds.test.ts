import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measureRounds, ratiosOf } from "../samples/rounds.ts";
import { median } from "../statistics/median.ts";
import { formatSpread, spreadOf } from "../statistics/spread.ts";

describe("rounds", () => {
  test("measure every subject once each, beginning with another one every time", async () => {
    const order: string[] = [];
    await measureRounds(3, ["a", "b"], async (subject) => order.push(subject));
    expect(order).toEqual(["a", "b", "b", "a", "a", "b"]);
  });

  test("are compared round by round, not by their medians", async () => {
    const figures = new Map([
      ["a", [10, 40, 90]],
      ["b", [1, 2, 3]],
    ]);
    const rounds = await measureRounds(3, ["a", "b"], async (subject) => figures.get(subject)?.shift() ?? 0);
    expect(ratiosOf(rounds, "a", "b", (figure) => figure)).toEqual([10, 20, 30]);
  });
});

describe("the median", () => {
  test("has as many values below as above", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });

  test("of an even number is the mean of the two in the middle", () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
});

test("a spread is shown with its median first", () => {
  expect(formatSpread(spreadOf([3, 1, 2]))).toBe("2.00 (1.00–3.00)");
});
