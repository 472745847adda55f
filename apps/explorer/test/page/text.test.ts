import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commonEnds } from "../../src/page/sign/common-ends.ts";
import { counted } from "../../src/page/text/counted.ts";
import { duration } from "../../src/page/text/duration.ts";
import { firstSentence } from "../../src/page/text/first-sentence.ts";
import { highlight } from "../../src/page/text/highlight.ts";
import { visibleJson, visibleText } from "../../src/page/text/visible-text.ts";

const anyText = fc.string({ unit: "binary" });

describe("a text from outside", () => {
  test.each([
    ["two\nlines", "LF"],
    ["rtl-\u202Egnp.exe", "RLO"],
    ["nul\0", "NUL"],
    ["zero\u200Bwidth", "U+200B"],
    ["tag\u{E0041}", "U+E0041"],
    ["half \uD800", "U+D800"],
    ["isolate\u2066", "U+2066"],
    ["filler\u3164", "U+3164"],
  ])("shows what %j hides by name", (text, name) => {
    expect(visibleText(text).filter(({ kind }) => kind === "control")).toEqual([{ kind: "control", text: name }]);
  });

  test.each(["emoji-🚀", "<script>alert(1)</script>", "函数", "é", "a\u00A0b"])("leaves %j as it is", (text) => {
    expect(visibleText(text)).toEqual([{ kind: "plain", text }]);
  });

  test("leaves no character that hides in what is shown plain", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const run of visibleText(text)) expect(run.text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });
});

describe("the JSON that is shown", () => {
  test("is the value, and holds no character that acts on the text around it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), anyText, (value, text) => {
        const json = visibleJson({ value, text });
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ value, text })));
        expect(json.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });

  test("escapes a turn of direction", () => {
    expect(visibleJson(["\u202Egnp"])).toBe('[\n  "\\u202egnp"\n]');
    expect(visibleJson("\u{E0041}")).toBe('"\\udb40\\udc41"');
  });
});

describe("source text", () => {
  test.each(["bash", "typescript", "python", "go", "java", "json", "cobol"])(
    "in %s is coloured without a loss",
    (language) => {
      fc.assert(
        fc.property(fc.oneof(anyText, fc.stringMatching(/^[ a-z"'`#/\\${}\n0-9]*$/)), (text) => {
          expect(
            highlight(language, text)
              .map((token) => token.text)
              .join(""),
          ).toBe(text);
        }),
      );
    },
  );

  test("has its comments, strings, keywords, numbers and variables told apart", () => {
    expect(highlight("python", 'import x # why\ny = "a" + 1')).toEqual([
      { kind: "keyword", text: "import" },
      { kind: "plain", text: " x " },
      { kind: "comment", text: "# why" },
      { kind: "plain", text: "\ny = " },
      { kind: "string", text: '"a"' },
      { kind: "plain", text: " + " },
      { kind: "number", text: "1" },
    ]);
    expect(highlight("bash", 'a="${B:?is not set}#"').map(({ kind }) => kind)).toEqual(["plain", "variable", "plain"]);
    expect(highlight("cobol", "if 1")).toEqual([{ kind: "plain", text: "if 1" }]);
  });
});

describe("documentation", () => {
  test("is cut behind the sentence that says enough", () => {
    expect(firstSentence("The id of the account, in digits and nothing else. Source: a page.")).toEqual({
      first: "The id of the account, in digits and nothing else.",
      rest: "Source: a page.",
    });
    expect(firstSentence("The region id. There is no closed list of them anywhere. More.")).toEqual({
      first: "The region id. There is no closed list of them anywhere.",
      rest: "More.",
    });
  });

  test("is not cut within a number, a host name or its only sentence", () => {
    expect(firstSentence("Ask fc.aliyuncs.com for version 2.0, e.g. from a shell of this machine.").rest).toBe("");
  });
});

test("what two texts share at their ends is found by whole characters", () => {
  expect(commonEnds("host:a:80", "host:a")).toEqual({ start: "host:a", middle: ":80", end: "" });
  expect(commonEnds("host:a", "host:a:80")).toEqual({ start: "host:a", middle: "", end: "" });
  expect(commonEnds("a🚀b", "a🛑b")).toEqual({ start: "a", middle: "🚀", end: "b" });
  fc.assert(
    fc.property(anyText, anyText, (text, other) => {
      const { start, middle, end } = commonEnds(text, other);
      expect(start + middle + end).toBe(text);
      expect(other.startsWith(start) && other.endsWith(end)).toBe(true);
    }),
  );
});

test("numbers are told with their noun and unit", () => {
  expect([counted(1, "row"), counted(12_345, "row"), counted(0, "retry", "retries")]).toEqual([
    "1 row",
    "12,345 rows",
    "0 retries",
  ]);
  expect([duration(12.4), duration(999), duration(1234)]).toEqual(["12 ms", "999 ms", "1.2 s"]);
});
