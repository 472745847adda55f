import { canonicalQuery, parseQuery, percentEncode } from "@fc-async/protocol";
import * as fc from "fast-check";
import { expect, test } from "vitest";

const word = fc.string({ unit: "grapheme" }).filter((text) => text.isWellFormed());

test("leaves only unreserved characters bare", () => {
  expect(percentEncode("AZaz09-._~")).toBe("AZaz09-._~");
  expect(percentEncode("!'()* /+=&%")).toBe("%21%27%28%29%2A%20%2F%2B%3D%26%25");
  expect(percentEncode("函")).toBe("%E5%87%BD");
});

test("decodes to what was encoded, in unreserved characters and escapes alone", () => {
  fc.assert(
    fc.property(word, (text) => {
      const encoded = percentEncode(text);
      expect(encoded).toMatch(/^([A-Za-z0-9\-._~]|%[0-9A-F]{2})*$/);
      expect(decodeURIComponent(encoded)).toBe(text);
    }),
  );
});

test("refuses a lone surrogate, which has no bytes", () => {
  expect(() => percentEncode("\ud800")).toThrow(URIError);
});

test("reads a query into decoded pairs: plus is a space, no equals sign an empty value, empty pieces nothing", () => {
  expect(parseQuery("a=1&b=x+y%20z&c&&d==%3D&a=2")).toEqual([
    ["a", "1"],
    ["b", "x y z"],
    ["c", ""],
    ["d", "=="],
    ["a", "2"],
  ]);
  expect(parseQuery("")).toEqual([]);
});

test("refuses a query whose escapes are malformed", () => {
  expect(() => parseQuery("a=%zz")).toThrow(URIError);
});

test("the canonical query sorts by name, then value, and keeps an empty value's equals sign", () => {
  const pairs = [
    ["b", "2"],
    ["a b", ""],
    ["b", "1"],
    ["B", "x"],
  ] as const;
  expect(canonicalQuery(pairs)).toBe("B=x&a%20b=&b=1&b=2");
});

test("a canonical query reads back to the same canonical query", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          word.filter((name) => name !== ""),
          word,
        ),
      ),
      (pairs) => {
        const query = canonicalQuery(pairs);
        expect(canonicalQuery(parseQuery(query))).toBe(query);
      },
    ),
  );
});
