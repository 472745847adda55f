import { describe, expect, test } from "vitest";
import { SLACK_LIMITS, checkMessage } from "@fc-async/slack-sim";
import type { JsonObject } from "@fc-async/slack-sim";

function findings(blocks: readonly JsonObject[], text = "A text."): readonly string[] {
  return checkMessage({ responseType: "ephemeral", text, blocks });
}

function section(text: string): JsonObject {
  return { type: "section", text: { type: "mrkdwn", text } };
}

function table(rows: readonly (readonly unknown[])[], more: JsonObject = {}): JsonObject {
  return { type: "data_table", caption: "Services", rows, ...more };
}

const TEXT = { type: "mrkdwn", text: "x" };

const cell = (text: string): JsonObject => ({ type: "raw_text", text });

test("has nothing to say about a message Slack shows", () => {
  expect(
    findings([
      { type: "header", text: { type: "plain_text", text: "x".repeat(150) } },
      section("since <!date^1531420618^{time}|18:36 UTC>"),
      table([[cell("a")], [{ type: "raw_number", value: 1, text: "1" }]], {
        page_size: 10,
        row_header_column_index: 0,
      }),
      { type: "context", elements: [{ type: "mrkdwn", text: "x" }] },
      { type: "divider" },
    ]),
  ).toEqual([]);
});

describe("refuses", () => {
  test.each<[string, readonly JsonObject[], string]>([
    ["a 51st block", Array.from({ length: 51 }, () => ({ type: "divider" })), "has 51 blocks"],
    [
      "a header of 151 characters",
      [{ type: "header", text: { type: "plain_text", text: "x".repeat(151) } }],
      "151 characters",
    ],
    ["a header with markup", [{ type: "header", text: { type: "mrkdwn", text: "x" } }], 'type "mrkdwn"'],
    ["a section of 3,001 characters", [section("x".repeat(3001))], "3001 characters"],
    ["a section without text", [{ type: "section" }], "no text"],
    ["an empty context", [{ type: "context", elements: [] }], "no elements"],
    [
      "a second table",
      [table([[cell("a")], [cell("b")]]), table([[cell("a")], [cell("b")]])],
      "only_one_table_allowed",
    ],
    ["a table without rows", [table([[cell("a")]])], "at least one row"],
    ["a table of 102 rows", [table(Array.from({ length: 102 }, () => [cell("a")]))], "102 rows"],
    ["an empty cell", [table([[cell("a")], [cell("")]])], "is empty"],
    ["rows of different lengths", [table([[cell("a"), cell("b")], [cell("c")]])], "has 1 cells, the header has 2"],
    [
      "21 columns",
      [table([Array.from({ length: 21 }, () => cell("a")), Array.from({ length: 21 }, () => cell("a"))])],
      "21 columns",
    ],
    ["10,001 cell characters", [table([[cell("a")], [cell("x".repeat(10_000))]])], "10001 characters over all cells"],
    ["a page size of 101", [table([[cell("a")], [cell("b")]], { page_size: 101 })], "not 1 to 100"],
    [
      "a row header beyond the columns",
      [table([[cell("a")], [cell("b")]], { row_header_column_index: 1 })],
      "not a column",
    ],
    ["a table without caption", [{ ...table([[cell("a")], [cell("b")]]), caption: "" }], "is required"],
    ["a number cell without number", [table([[cell("a")], [{ type: "raw_number", text: "1" }]])], "without a number"],
    [
      "more JSON than a message may have",
      Array.from({ length: 5 }, () => section("x".repeat(2900))),
      "characters of JSON",
    ],
    ["a mention of everyone", [section("hi <!channel>")], "contains the markup <!channel>"],
    ["a mention of a user", [section("hi <@U123>")], "contains the markup <@U123>"],
    ["a link behind a date", [section("<!date^1^{date}^https://evil.example|click>")], "contains the markup <!date"],
    ["an unknown block", [{ type: "carousel" }], "cannot show"],
    [
      "two blocks of one id",
      [1, 2].map(() => ({ type: "divider", block_id: "a" })),
      "blocks[1].block_id: is that of another",
    ],
    ["an id that is a number", [{ type: "divider", block_id: 1 }], "block_id: is no text"],
    ["a block id of 256 characters", [{ type: "divider", block_id: "x".repeat(256) }], "256 characters"],
    ["a second table of the older kind", [{ type: "table" }, { type: "table" }], "only_one_table_allowed"],
    ["11 fields", [{ type: "section", fields: Array.from({ length: 11 }, () => TEXT) }], "11 fields"],
    ["a field that is none", [{ type: "section", fields: ["x"] }], "fields[0]: has no text"],
    ["fields that are no list", [{ type: "section", text: TEXT, fields: {} }], "fields: is not a list"],
    ["11 elements", [{ type: "context", elements: Array.from({ length: 11 }, () => TEXT) }], "11 elements"],
    ["rows that are none", [{ ...table([]), rows: ["x", "y"] }], "rows[0]: is not a list of cells"],
    ["a table without columns", [table([[], []])], "rows[0]: is not a list of cells"],
  ])("%s", (_, blocks, finding) => {
    expect(findings(blocks).join("\n")).toContain(finding);
  });

  test("a message without top-level text", () => {
    expect(findings([section("x")], " ").join("\n")).toContain("notifications and screen readers");
  });

  test("a top-level text beyond the limit or with a mention", () => {
    expect(findings([], "x".repeat(SLACK_LIMITS.topLevelTextCharacters + 1))).toHaveLength(1);
    expect(findings([], "<!here>")).toHaveLength(1);
  });
});
