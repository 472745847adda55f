import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerJson } from "../../src/page/result/answer-json.ts";
import { filterRows } from "../../src/page/result/filter-rows.ts";
import { rowsToCsv } from "../../src/page/result/rows-to-csv.ts";

const row = (serviceName: string, functionName = "f", qualifier = "LATEST") => ({
  serviceName,
  functionName,
  qualifier,
});

describe("a CSV file", () => {
  test("has a head line, and a quote where one is needed", () => {
    expect(rowsToCsv([row("a,b", 'say "x"', "two\nlines")])).toBe(
      'serviceName,functionName,qualifier\r\n"a,b","say ""x""","two\nlines"\r\n',
    );
  });

  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])("keeps a spreadsheet from computing %j", (name) => {
    const cell = rowsToCsv([row(name)])
      .split("\r\n")
      .slice(1)
      .join("\r\n");
    expect(cell.replace(/^"/, "")).toMatch(/^'/);
  });

  test("begins no cell as a formula, whatever the names", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const [, line = ""] = /\r\n([^]*),f,LATEST\r\n$/.exec(rowsToCsv([row(name)])) ?? [];
        expect(line).not.toMatch(/^"?[=+\-@\t\r]/);
      }),
    );
  });
});

describe("the filter of rows", () => {
  const rows = [row("billing", "invoice-pdf"), row("billing", "Refund", "live"), row("data", "refund")];

  test("finds every word in any name, whatever the case", () => {
    expect(filterRows(rows, " REFUND ")).toEqual(rows.slice(1));
    expect(filterRows(rows, "billing live")).toEqual([rows[1]]);
  });

  test("takes no pattern, and nothing for everything", () => {
    expect(filterRows(rows, ".*")).toEqual([]);
    expect(filterRows(rows, "")).toEqual(rows);
  });
});

describe("the JSON of a call", () => {
  const answer = { status: 200, statusText: "OK", headers: [], durationMs: 1 };

  test("is the body of a page", () => {
    const call = { kind: "page", end: { kind: "complete" }, rows: [] } as const;
    expect(answerJson({ ...call, answer: { ...answer, body: '{"data":null}' } })).toBe('{\n  "data": null\n}');
  });

  test("is every row of a list, and of a broken one the last body", () => {
    const rows = [row("a")];
    const list = { kind: "list", rows, answer: { ...answer, body: '{"Code":"x"}' } } as const;
    expect(JSON.parse(answerJson({ ...list, end: { kind: "complete" } }))).toEqual({ data: rows });
    expect(JSON.parse(answerJson({ ...list, end: { kind: "cancelled" } }))).toEqual({ Code: "x" });
  });

  test("is a body that is no JSON as it came", () => {
    const call = { kind: "page", end: { kind: "unreadable", message: "" }, rows: [] } as const;
    expect(answerJson({ ...call, answer: { ...answer, body: "<html>" } })).toBe("<html>");
  });
});
