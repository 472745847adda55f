import { readFileSync } from "node:fs";
import { renderFlagsTable } from "@fc-async/daemon";
import { FLAGS } from "fc-async-explorer";
import { expect, test } from "vitest";
import { samplesFor } from "../src/samples/samples-for.ts";
import { readOrThrow } from "./form-values.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** Tables without the padding that formatting adds. */
const unpadded = (text: string): string => text.replaceAll(/ {2,}/gu, " ").replaceAll(/-{3,}/gu, "---");

test("the README has the table of flags as the program has them", () => {
  expect(unpadded(readme)).toContain(unpadded(renderFlagsTable(FLAGS)).trim());
});

test("the README names what a sample has, and that the first is curl's", () => {
  const [curl] = samplesFor(readOrThrow().request);
  expect(curl?.id).toBe("curl");
  for (const name of Object.keys(curl ?? {})) expect(readme).toContain(`\`${name}\``);
});
