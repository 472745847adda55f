import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstBy } from "../src/select/first-by.ts";
import { selectList } from "../src/select/select-list.ts";
import { selectServices } from "../src/select/select-services.ts";
import { survey } from "../src/select/survey.ts";
import { header, section } from "../src/view/blocks.ts";
import { displayText } from "../src/view/display-text.ts";
import { code, date, markup } from "../src/view/markup.ts";
import { functionsOf, MINUTE_MS, NOW_MS, targetState } from "./states.ts";

describe("displayText", () => {
  test.each([
    ["a right-to-left override", "\u202Egnp.exe", "gnp.exe"],
    ["bidi isolates and marks", "\u2066a\u2069\u200Fb\u061C", "ab"],
    ["zero-width characters", "a\u200B\u200D\uFEFFb", "ab"],
    ["control characters", "a\u0000\u001B[31mb\n", "a[31mb"],
    ["line and paragraph separators", "a\u2028b\u2029c", "abc"],
    ["a lone surrogate", "a\uD800", "a\uFFFD"],
    ["nothing but invisible ones", "\u200B\u202E ", "(unprintable)"],
    ["blanks that are letters", "\u115F\u3164\uFFA0\u2800", "(unprintable)"],
    ["marks that draw nothing", "\u034F\uFE0F\u{E0101}\u17B4\u180B", "(unprintable)"],
    ["an empty text", "", "(unprintable)"],
  ])("takes out %s", (_, text, shown) => {
    expect(displayText(text, 10)).toBe(shown);
  });

  test("cuts by code point and says so", () => {
    expect(displayText("𝒳".repeat(10), 10)).toBe("𝒳".repeat(10));
    expect(displayText("𝒳".repeat(11), 10)).toBe(`${"𝒳".repeat(9)}…`);
  });
});

describe("markup", () => {
  test("escapes the ampersand first, and keeps markup of its own", () => {
    expect(markup`${"&lt;<!channel>"} *${1234}* ${code("a`b")}`).toEqual({
      mrkdwn: "&amp;lt;&lt;!channel&gt; *1,234* `aˋb`",
    });
  });

  test("tells a moment in the reader's zone, with UTC as the fallback", () => {
    expect(date(NOW_MS + 999).mrkdwn).toBe(
      "<!date^1795442400^{date_short_pretty} {time_secs}|2026-11-23 14:00:00 UTC>",
    );
  });
});

describe("blocks", () => {
  test("a header counts characters as Slack does", () => {
    expect(header("x".repeat(151)).text.text).toHaveLength(150);
    expect(header("𝒳".repeat(150)).text.text.length).toBeLessThanOrEqual(150);
  });

  test("a section drops whole lines and counts them", () => {
    const text = section(Array.from({ length: 40 }, () => markup`${"x".repeat(100)}`)).text?.text ?? "";
    expect(text.length).toBeLessThanOrEqual(3000);
    expect(text.split("\n")).toHaveLength(30);
    expect(text).toMatch(/x\n… and 11 more lines$/u);
  });
});

describe("selectList", () => {
  const known = survey(
    [targetState({ rows: functionsOf("a", 3) }), targetState({ regionId: "r2", rows: functionsOf("b", 3) })],
    {
      aliases: new Map(),
      nowMs: NOW_MS,
      maxStalenessMs: 0,
    },
  );

  test("bounds the rows, never the totals", async () => {
    const answer = await selectList(known, undefined, 4, async () => undefined);
    expect(answer.rows.map((row) => `${row.serviceName}/${row.functionName}`)).toEqual([
      "a/fn-000",
      "a/fn-001",
      "a/fn-002",
      "b/fn-000",
    ]);
    expect(answer.totals).toEqual({ functions: 6, qualifiers: 6, services: 2, accounts: 1, regions: 2 });
  });
});

describe("selectServices", () => {
  test("keeps the largest, equals by name, and counts accounts by their id", async () => {
    const states = [
      targetState({ accountId: "1", rows: [...functionsOf("b", 2), ...functionsOf("c", 1), ...functionsOf("a", 1)] }),
      targetState({ accountId: "2", rows: functionsOf("c", 4) }),
    ];
    const aliases = new Map([
      ["1", "prod"],
      ["2", "prod"],
    ]);
    const known = survey(states, { aliases, nowMs: NOW_MS, maxStalenessMs: 0 });
    const { services, totals } = await selectServices(known, 2, async () => undefined);
    expect(services.map(({ serviceName, functions }) => [serviceName, functions])).toEqual([
      ["c", 5],
      ["b", 2],
    ]);
    expect(totals).toEqual({ functions: 8, qualifiers: 8, services: 3, accounts: 2, regions: 1 });
  });

  test("keeps the same as sorting would, whatever comes", () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 50 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 10 }), (all, maximum) => {
        const first = firstBy<number>(maximum, (a, b) => a < b);
        for (const number of all) first.add(number);
        expect(first.items).toEqual(all.toSorted((a, b) => a - b).slice(0, maximum));
      }),
    );
  });
});

describe("survey", () => {
  const aged = targetState({ rows: functionsOf("a", 1), readAtMs: NOW_MS - 20 * MINUTE_MS });
  test.each([
    [0, 1],
    [15 * MINUTE_MS, 0],
    [30 * MINUTE_MS, 1],
  ])("with a maximum staleness of %i ms a list of 20 minutes ago is shown %i times", (maxStalenessMs, count) => {
    const { lists, coverage } = survey([aged], { aliases: new Map(), nowMs: NOW_MS, maxStalenessMs });
    expect(lists).toHaveLength(count);
    expect(coverage.missing.map(({ why }) => why)).toEqual(count === 0 ? ["expired"] : []);
  });
});
