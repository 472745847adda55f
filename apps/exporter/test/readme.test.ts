import { readFileSync } from "node:fs";
import { renderFlagsTable } from "@fc-async/daemon";
import { FLAGS, VERIFY_FLAGS } from "fc-async-exporter";
import { expect, test } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** Tables without the padding that formatting adds. */
const unpadded = (text: string): string => text.replaceAll(/ {2,}/gu, " ").replaceAll(/-{3,}/gu, "---");

test("the README has the table of flags as the program has them", () => {
  expect(unpadded(readme)).toContain(unpadded(renderFlagsTable(FLAGS)).trim());
});

test("the README has the table of flags of verify as the command has them", () => {
  expect(unpadded(readme)).toContain(unpadded(renderFlagsTable(VERIFY_FLAGS)).trim());
});
