import { describe, expect, test } from "vitest";
import { betweenMarkers } from "../report/between-markers.ts";
import { comparisonRow, countRow, ratioRow, unmeasuredRow } from "../report/goal-row.ts";
import { markdownTable } from "../report/markdown-table.ts";

const SUBJECT = { goal: "P0", what: "something ÷ something else" };

describe("a verdict", () => {
  test.each([
    ["met", [1, 2, 9], { atMost: 2 }],
    ["NOT met", [1, 2.01, 9], { atMost: 2 }],
    ["met", [1, 2, 9], { atLeast: 2 }],
    ["NOT met", [1, 1.99, 9], { atLeast: 2 }],
  ] as const)("is %s for the ratios %j and %j: the median decides", (verdict, ratios, required) => {
    expect(ratioRow(SUBJECT, ratios, required).verdict).toBe(verdict);
  });

  test("is not given without a single round", () => {
    expect(() => ratioRow(SUBJECT, [], { atMost: 2 })).toThrow(RangeError);
  });
});

test("the table names what was measured, what is required, and what could not be measured", async () => {
  const table = markdownTable([
    ratioRow(SUBJECT, [1.004, 1.5, 2], { atMost: 1.7 }),
    comparisonRow({ goal: "P0", what: "the same, others" }, [4, 5]),
    countRow({ goal: "P0", what: "packages" }, "5", { text: "≤ 4", isMet: false }),
    countRow({ goal: "P0", what: "weight" }, "5 kB"),
    unmeasuredRow({ goal: "P0", what: "over TLS" }, "openssl"),
  ]);
  await expect(`${table}\n`).toMatchFileSnapshot("golden/table.txt");
});

describe("writing into a document", () => {
  const document = "# Title\n\n<!-- bench:start -->\n\nold\n\n<!-- bench:end -->\n\nRest.\n";

  test("replaces what stands between the markers, and nothing else", () => {
    const written = betweenMarkers(document, "new");
    expect(written).toBe(document.replace("old", "new"));
    expect(betweenMarkers(written, "new")).toBe(written);
  });

  test.each(["no markers", "<!-- bench:end --> <!-- bench:start -->"])("refuses %j", (wrong) => {
    expect(() => betweenMarkers(wrong, "new")).toThrow(RangeError);
  });
});
