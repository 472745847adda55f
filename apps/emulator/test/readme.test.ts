import { readFileSync } from "node:fs";
import { renderFlagsTable } from "@fc-async/daemon";
import { parseFaults, parseSeed } from "@fc-async/emulator";
import { expect, test } from "vitest";
import { COMMANDS } from "../src/command-line/program.ts";
import { readInput } from "../src/input/read-input.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const readme = read("../README.md");
const samples = [...readme.matchAll(/```yaml\n(.*?)```/gsu)].map(([, text = ""]) => text);

test("the seed of the README is one", () => {
  const seed = samples.find((sample) => sample.startsWith("accounts:")) ?? "";
  expect(readInput("README.md", seed, parseSeed)).toMatchObject({
    ok: true,
    value: { accounts: [{ accountId: "1234567890123456" }] },
  });
});

test("the fault rules of the README are some", () => {
  const faults = samples.find((sample) => sample.startsWith("- match:")) ?? "";
  expect(readInput("README.md", faults, parseFaults)).toMatchObject({
    ok: true,
    value: [{ times: 1 }, { times: "forever" }],
  });
});

/** Tables without the padding that formatting adds. */
const unpadded = (text: string): string => text.replaceAll(/ {2,}/gu, " ").replaceAll(/-{3,}/gu, "---");

test.each(["serve", "env"] as const)(
  "the README has the table of the flags of %s as the program has them",
  (command) => {
    expect(unpadded(readme)).toContain(unpadded(renderFlagsTable(COMMANDS[command].flags)).trim());
  },
);
