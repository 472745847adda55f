import { readdirSync, readFileSync } from "node:fs";
import { ALERTS } from "@fc-async/deploy";
import { CATALOGUE } from "@fc-async/exposition";
import { describe, expect, test } from "vitest";

const FOLDER = new URL("../../docs/runbooks/", import.meta.url);
const SECTIONS = ["Meaning", "Impact", "How to look", "How to fix", "When to silence"];

test("each alert has its runbook and each runbook its alert", () => {
  const pages = readdirSync(FOLDER).toSorted();
  expect(pages).toEqual(ALERTS.map(({ name }) => `${name}.md`).toSorted());
});

describe.each(ALERTS.map(({ name }) => name))("the runbook of %s", (name) => {
  const text = readFileSync(new URL(`${name}.md`, FOLDER), "utf8");

  test("says what the alert means, what it does to people, how to look, to fix and to silence", () => {
    expect(text.startsWith(`# ${name}\n`)).toBe(true);
    expect(Array.from(text.matchAll(/^## (.+)$/gmu), ([, heading]) => heading)).toEqual(SECTIONS);
    for (const section of text.split(/^## .+$/mu).slice(1)) expect(section.trim().length).toBeGreaterThan(20);
  });

  test("names no metric that the exporter does not have", () => {
    const named = text.match(/\baliyun_fc_[a-z_]+/gu) ?? [];
    expect(named.filter((metric) => !CATALOGUE.has(metric))).toEqual([]);
  });
});

test("alerts say who is affected, in whole sentences, and their severities are the three that the documentation explains", () => {
  for (const { name, severity, summary, description, when } of ALERTS) {
    expect(name).toMatch(/^FcAsync[A-Z][A-Za-z]+$/u);
    expect(["critical", "warning", "info"]).toContain(severity);
    expect(summary).toMatch(/^[A-Z{]/u);
    expect(summary).not.toMatch(/\.$/u);
    expect(description).toMatch(/\.$/u);
    expect(when).toMatch(/^[A-Z].*\.$/u);
  }
});
