import { readFileSync } from "node:fs";
import { renderFlagsTable } from "@fc-async/daemon";
import { expect, test } from "vitest";
import { COMMANDS, usageHint, usageOf } from "../src/commands/commands.ts";
import { FLAGS } from "../src/command-line/program.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** Tables without the padding that formatting adds. */
const unpadded = (text: string): string => text.replaceAll(/ {2,}/gu, " ").replaceAll(/-{3,}/gu, "---");

test("the README has every command with its summary", () => {
  for (const command of COMMANDS) {
    const typed = command.verb === "overview" ? "/fc-async" : `/fc-async ${usageOf(command)}`;
    expect(unpadded(readme)).toContain(`\n${typed} ${command.summary}`);
  }
});

test("the README has the table of flags as the program has them", () => {
  expect(unpadded(readme)).toContain(unpadded(renderFlagsTable(FLAGS)).trim());
});

test("the manifest has the usage hint that the commands make", () => {
  expect(readme).toContain(`usage_hint: "${usageHint()}"`);
});
