import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COMMANDS, findCommand, usageHint } from "../src/commands/commands.ts";
import { nearestNames } from "../src/commands/nearest-names.ts";
import { COMMAND_WORDS, formatQuery, parseQuery } from "../src/commands/parse-query.ts";

/** What Slack does to the three characters in what users type. */
const asPosted = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const list = (pattern: string | undefined): unknown => ({ ok: true, query: { verb: "list", pattern } });

describe("parseQuery", () => {
  test.each([
    ["", { verb: "overview" }],
    ["   ", { verb: "overview" }],
    ["overview", { verb: "overview" }],
    ["services", { verb: "services" }],
    ["Services", { verb: "services" }],
    ["svc", { verb: "services" }],
    ["list", { verb: "list", pattern: undefined }],
    ["ls billing-*", { verb: "list", pattern: "billing-*" }],
    ["help", { verb: "help", topic: undefined }],
    ["--help", { verb: "help", topic: undefined }],
    ["list —help", { verb: "help", topic: undefined }],
    ["help ls", { verb: "help", topic: "list" }],
  ])("reads %j", (text, query) => {
    expect(parseQuery(text)).toEqual({ ok: true, query });
  });

  test.each([
    ["curly quotes", "list “billing jobs”", "billing jobs"],
    ["single curly quotes", "list ‘billing jobs’", "billing jobs"],
    ["guillemets", "list «billing jobs»", "billing jobs"],
    ["an apostrophe inside a word", "list o'clock", "o'clock"],
    ["a no-break space", "list\u00A0billing", "billing"],
    ["line breaks", "list\r\n\tbilling", "billing"],
    ["entities", "list &lt;a&amp;b&gt;", "<a&b>"],
    ["an entity that was typed", "list &amp;lt;", "&lt;"],
    ["an automatic link", "list <http://billing.jobs|billing.jobs>", "billing.jobs"],
    ["a channel reference", "list <#C024BE7LR|billing>", "billing"],
    ["decomposed characters", "list re\u0301sume\u0301", "r\u00E9sum\u00E9"],
    ["zero-width and bidi characters", "list bil\u200Bling\u202E", "billing"],
    ["a quoted name that starts with a dash", 'list "-x"', "-x"],
    ["a prototype key", "list __proto__", "__proto__"],
  ])("undoes %s", (_, text, pattern) => {
    expect(parseQuery(text)).toEqual(list(pattern));
  });

  test.each([
    ["lst billing", { kind: "unknown_verb", word: "lst" }],
    ["constructor", { kind: "unknown_verb", word: "constructor" }],
    ["list a b", { kind: "unexpected_word", verb: "list", word: "b" }],
    ["services a", { kind: "unexpected_word", verb: "services", word: "a" }],
    ["list –all", { kind: "unknown_option", word: "--all" }],
    ["help me", { kind: "unknown_topic", word: "me" }],
    ['list "billing', { kind: "unclosed_quote" }],
    [`list ${"x".repeat(1000)}`, { kind: "too_long", maxCharacters: 1000 }],
    ["list ".repeat(65), { kind: "too_many_words", maxWords: 64 }],
  ])("refuses %j", (text, problem) => {
    expect(parseQuery(text)).toEqual({ ok: false, problem });
  });

  test("never throws, whatever is typed", () => {
    const hostile = fc.string({ unit: fc.constantFrom(..."list“”'\"—-<>|&;amp*\u0000\uD800 \u202E".split("")) });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), hostile), (text) => {
        expect(typeof parseQuery(text).ok).toBe("boolean");
      }),
    );
  });

  test("reads what formatQuery writes as the same query", () => {
    const unit = fc.constantFrom(..."ab*\"'–—- <>&;ltgé𝒳".split(""), "𝒳", "“", "\u00A0", "lt;", "&amp;");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
        const reading = parseQuery(`list ${text}`);
        fc.pre(reading.ok);
        if (reading.ok) expect(parseQuery(asPosted(formatQuery(reading.query)))).toEqual(reading);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("the table of commands", () => {
  test("has no word twice", () => {
    expect(new Set(COMMAND_WORDS).size).toBe(COMMAND_WORDS.length);
  });

  test("has only examples that are understood as the command they explain", () => {
    for (const { verb, examples } of COMMANDS) {
      for (const example of examples) expect(parseQuery(example)).toMatchObject({ ok: true, query: { verb } });
    }
  });

  test("finds no command by a word it inherited", () => {
    expect(findCommand("toString")).toBeUndefined();
  });

  test("makes the usage hint, within the 1,000 characters Slack takes", () => {
    expect(usageHint()).toBe("overview | services | list [service] | help [command]");
    expect(usageHint().length).toBeLessThanOrEqual(1000);
  });
});

describe("nearestNames", () => {
  test.each([
    ["servics", ["services"]],
    ["sevrices", ["services"]],
    ["LISTS", ["list"]],
    ["xyz", []],
    ["x".repeat(65), []],
    ["*", []],
    ["li", []],
  ])("of %j", async (word, names) => {
    expect(await nearestNames(word, ["services", "list", "help"], 3, async () => undefined)).toEqual(names);
  });

  test("prefers the same name in another case, then typing mistakes, then containing names, each once", async () => {
    const names = ["my-billing-jobs", "biling", "Billing", "Billing", "my-billing"];
    expect(await nearestNames("billing", names, 3, async () => undefined)).toEqual(["Billing", "biling", "my-billing"]);
  });
});
