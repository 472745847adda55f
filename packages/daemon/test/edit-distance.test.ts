import { editDistance } from "@fc-async/daemon";
import * as fc from "fast-check";
import { expect, test } from "vitest";

test.each([
  ["abcd", "abdc", 1],
  ["abcd", "abd", 1],
  ["abcd", "abxcd", 1],
  ["abcd", "axcd", 1],
  ["", "ab", 2],
  ["abcd", "dcba", undefined],
  ["a", "abcd", undefined],
])("from %j to %j is %j edits, of at most 2", (a, b, edits) => {
  expect(editDistance(a, b, 2)).toBe(edits);
});

test("is the same in both directions, and none between equal words", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b, 3)).toBe(editDistance(b, a, 3));
      expect(editDistance(a, a, 3)).toBe(0);
    }),
  );
});
