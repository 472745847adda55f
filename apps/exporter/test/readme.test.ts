import { readFileSync } from "node:fs";
import { renderFlagsTable } from "@fc-async/daemon";
import { HEALTH_FLAGS, SERVE_FLAGS, VERIFY_FLAGS } from "fc-async-exporter";
import { expect, test } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** Tables without the padding that formatting adds. */
const unpadded = (text: string): string => text.replaceAll(/ {2,}/gu, " ").replaceAll(/-{3,}/gu, "---");

test.each([
  ["serve", SERVE_FLAGS],
  ["health", HEALTH_FLAGS],
  ["verify", VERIFY_FLAGS],
])("the README has the table of the flags of %s as the program has them", (_, flags) => {
  expect(unpadded(readme)).toContain(unpadded(renderFlagsTable(flags)).trim());
});
