import type { TargetState } from "@fc-async/inventory";
import { checkMessage, readMessage } from "@fc-async/slack-sim";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerQuery } from "../src/answer-query.ts";
import { parseQuery } from "../src/commands/parse-query.ts";
import type { Message } from "../src/view/message.ts";
import type { TableStyle } from "../src/view/table.ts";
import { functionsOf, MINUTE_MS, NOW_MS, targetState, type Row } from "./states.ts";

function answer(text: string, states: readonly TargetState[], tables: TableStyle = "auto"): Promise<Message> {
  const aliases = new Map([["42", "<!here>"]]);
  return answerQuery(parseQuery(text), states, {
    aliases,
    nowMs: NOW_MS,
    maxStalenessMs: 15 * MINUTE_MS,
    commandName: "/fc-async",
    tables,
    yieldToLoop: async () => undefined,
  });
}

function findingsOf(message: Message): readonly string[] {
  const received = readMessage(JSON.stringify(message), "application/json");
  return received === undefined ? ["no message"] : checkMessage(received);
}

/** Every text a reader could see. */
function textsOf(message: Message): string {
  return JSON.stringify(message);
}

/** Rows of the table in a message, without its header. */
function bodyRows(message: Message): readonly (readonly unknown[])[] {
  for (const block of message.blocks) if (block.type === "data_table") return block.rows.slice(1);
  return [];
}

const STYLES = ["auto", "text"] as const;

describe("whatever the inventory holds", () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      "<!channel>",
      "<@U024BE7LR>",
      "<https://example.com|click>",
      "`<!here>`",
      "```",
      "&lt;!channel&gt;",
      "*bold*",
      "\u202Egnp.exe",
      "\u0000\u0007",
      "\uD800",
      " ",
      "",
      "__proto__",
      "constructor",
      "𝒳".repeat(300),
      '"\\'.repeat(64),
      "line\nbreak",
    ),
    fc.string({ unit: "binary", maxLength: 200 }),
  );
  const row: fc.Arbitrary<Row> = fc.tuple(hostile, hostile, hostile);
  const state = fc.record(
    {
      accountId: fc.constantFrom("42", "43"),
      regionId: fc.constantFrom("cn-hangzhou", "cn-shanghai", "cn-beijing"),
      rows: fc.array(row, { maxLength: 60 }),
      readAtMs: fc.integer({ min: NOW_MS - 30 * MINUTE_MS, max: NOW_MS }),
      failure: fc.record({ serverCode: hostile, requestId: hostile }),
      shrinkUnconfirmed: fc.boolean(),
    },
    { requiredKeys: ["accountId", "regionId"] },
  );
  const states = fc.array(state, { maxLength: 8 }).map((inputs) => inputs.map((input) => targetState(input)));
  const text = fc.oneof(
    fc.constantFrom("", "services", "list", "help"),
    hostile,
    hostile.map((name) => `list ${name}`),
  );

  test("case 30: Slack takes the message, and nothing in it can notify anybody", async () => {
    await fc.assert(
      fc.asyncProperty(text, states, fc.constantFrom(...STYLES), async (typed, known, tables) => {
        expect(findingsOf(await answer(typed, known, tables))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("a number of functions is never shown as zero while a target is missing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("", "services", "list"), states, async (typed, known) => {
        const missing = known.some((each) => each.snapshot === undefined);
        fc.pre(missing);
        const message = await answer(typed, known);
        expect(message.text).toMatch(/missing/u);
        expect(message.text).not.toMatch(/\b0 functions|has async tasks enabled/u);
      }),
    );
  });
});

describe("how many rows are shown", () => {
  test.each([0, 1, 100, 101, 412])("of %i functions: as many as Slack takes, the rest is counted", async (count) => {
    const message = await answer("list", [targetState({ rows: functionsOf("s", count) })]);
    const shown = bodyRows(message).length;
    expect(findingsOf(message)).toEqual([]);
    expect(shown).toBe(Math.min(count, 100));
    if (count > 100) expect(textsOf(message)).toContain(`Showing 100 of ${count} rows`);
    else expect(textsOf(message)).not.toContain("Showing");
  });

  test("names of full length fill the message to its limit, not beyond", async () => {
    const rows = Array.from(
      { length: 412 },
      (_, i) => [`${i}`.padEnd(128, "s"), "f".repeat(128), "q".repeat(128)] as const,
    );
    const message = await answer("list", [targetState({ rows })]);
    const shown = bodyRows(message).length;
    const size = JSON.stringify(message.blocks).length;
    expect(size).toBeLessThanOrEqual(12_000);
    expect(size).toBeGreaterThan(11_000);
    expect(textsOf(message)).toContain(`Showing ${shown} of 412 rows`);
  });

  test.each([
    ["list x", 60, "𝒳".repeat(100)],
    ["list x", 100, "𝒳".repeat(70)],
    ["services", 300, "𝒳".repeat(128)],
  ])(
    "%s of %i functions with letters that count twice stays within the characters of a table",
    async (text, count, name) => {
      const rows = Array.from(
        { length: count },
        (_, i) => [text === "services" ? `${name}${i}` : "x", `${name}${i}`, "𝒳".repeat(128)] as const,
      );
      const message = await answer(text, [targetState({ rows })]);
      expect(findingsOf(message)).toEqual([]);
      expect(bodyRows(message).length).toBeGreaterThan(10);
    },
  );

  test("what is left out is at least so much while a target is missing", async () => {
    const rows = Array.from({ length: 300 }, (_, i) => functionsOf(`s-${i}`, 1)).flat();
    const known = [targetState({ rows }), targetState({ regionId: "cn-beijing", failure: { reason: "denied" } })];
    expect(textsOf(await answer("services", known))).toMatch(
      /Showing the \d+ largest of at least 300 services; the other \d+ have at least \d+ functions/u,
    );
    expect(textsOf(await answer("list", known))).toMatch(/Showing \d+ of at least 300 rows/u);
  });

  test("as text, lines are spread over sections and the rest is counted", async () => {
    const message = await answer("list", [targetState({ rows: functionsOf("service-with-a-name", 412) })], "text");
    expect(findingsOf(message)).toEqual([]);
    expect(textsOf(message)).toContain("Showing 100 of 412 rows");
  });
});

describe("counts", () => {
  test("of the services shown and left out add up to the total, and the total to the inventory", async () => {
    const name = fc.string({ unit: fc.constantFrom(..."abcdefgh".split("")), minLength: 1, maxLength: 2 });
    const rows = fc.uniqueArray(fc.tuple(name, name, fc.constantFrom("LATEST", "live")), {
      maxLength: 200,
      selector: (row) => row.join("/"),
    });
    await fc.assert(
      fc.asyncProperty(rows, rows, async (first, second) => {
        const known = [targetState({ rows: first }), targetState({ regionId: "cn-shanghai", rows: second })];
        const message = await answer("services", known);
        const total = known.reduce((sum, each) => sum + (each.snapshot?.functionCount ?? 0), 0);
        fc.pre(total > 0);
        const shown = bodyRows(message).reduce((sum, [, cell]) => sum + valueOf(cell), 0);
        const rest = Number(/other \d+ have ([\d,]+) function/u.exec(textsOf(message))?.[1]?.replaceAll(",", "") ?? 0);
        expect(shown + rest).toBe(total);
        expect(message.text.replaceAll(",", "")).toMatch(new RegExp(`^${total} function`, "u"));
      }),
    );
  });

  test("case 29: of services named like members of every object are 1 each", async () => {
    const names = ["__proto__", "constructor", "hasOwnProperty", "toString"];
    const known = [targetState({ rows: names.map((name) => [name, name, "LATEST"] as const) })];
    const message = await answer("services", known);
    expect(message.text).toBe("4 functions with async tasks in 4 services");
    expect(bodyRows(message).map((row) => valueOf(row[1]))).toEqual([1, 1, 1, 1]);
    for (const name of names) {
      expect((await answer(`list ${name}`, known)).text).toBe(`1 function with async tasks in ${name}`);
    }
  });

  test("keep names apart that differ only in what is not drawn", async () => {
    const message = await answer("services", [
      targetState({
        rows: [
          ["a", "f", "LATEST"],
          ["a\u200B", "f", "LATEST"],
        ],
      }),
    ]);
    expect(bodyRows(message)).toHaveLength(2);
  });
});

function valueOf(cell: unknown): number {
  return typeof cell === "object" && cell !== null && "value" in cell ? Number(cell.value) : Number.NaN;
}
