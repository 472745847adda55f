import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, type TestContext } from "vitest";
import { requireProgram } from "../required-program.ts";
import { runToEnd, type Ended } from "../run-to-end.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const UNIT = "fc-async-exporter.service";
const text = readFileSync(fileURLToPath(new URL(`../../deploy/systemd/${UNIT}`, import.meta.url)), "utf8");
/** Tenths of systemd's exposure level, from 0 to 100: `systemd-analyze` calls up to 20 "OK". */
const MOST_EXPOSURE = 15;

/** What systemd says of the unit, its program replaced by one that is installed here. */
async function analyze(unit: string, context: TestContext, ...words: readonly string[]): Promise<Ended> {
  requireProgram("systemd-analyze", context);
  const folder = join(await temporaryFolder(), "system");
  await mkdir(folder);
  const file = join(folder, UNIT);
  await writeFile(file, unit.replace("/usr/bin/fc-async-exporter", process.execPath));
  return runToEnd(folder, "systemd-analyze", [...words, "--no-pager", file]);
}

test("systemd finds nothing wrong with the unit", async (context) => {
  expect(await analyze(text, context, "verify")).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("systemd finds a directive that it does not know", async (context) => {
  const { stderr } = await analyze(text.replace("ProtectHome=", "ProtectHomes="), context, "verify");
  expect(stderr).toMatch(/Unknown key (?:name )?'ProtectHomes'/u);
});

test("the unit leaves the exporter little of the machine", async (context) => {
  const judge = (unit: string): Promise<Ended> =>
    analyze(unit, context, "security", "--offline=yes", `--threshold=${MOST_EXPOSURE}`);
  const { code, stdout } = await judge(text);
  expect(stdout).toContain(`Overall exposure level for ${UNIT}`);
  expect(code).toBe(0);
  expect((await judge(text.replace("DynamicUser=yes", ""))).code).not.toBe(0);
});

test("the unit reloads by a signal, tries again unless the configuration is wrong, and gives the exporter time to stop", () => {
  expect(text).toContain("ExecReload=/bin/kill -HUP $MAINPID\n");
  expect(text).toContain("Restart=on-failure\n");
  expect(text).toContain("RestartPreventExitStatus=2\n");
  expect(Number(/^TimeoutStopSec=(\d+)s$/mu.exec(text)?.[1])).toBeGreaterThan(10);
});
