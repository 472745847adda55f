#!/usr/bin/env node
import {
  EXIT_FAILED,
  EXIT_USAGE,
  fileProblems,
  readCommand,
  runUntilSignal,
  webConfigProblems,
} from "@fc-async/daemon";
import packageJson from "../package.json" with { type: "json" };
import { buildInfo, versionText } from "./build-info.ts";
import type { HealthFlags } from "./command-line/health-flags.ts";
import { exporterProgram } from "./command-line/program.ts";
import type { ServeFlags } from "./command-line/serve-flags.ts";
import { checkHealth } from "./health/check-health.ts";
import { runOnce } from "./serve/run-once.ts";
import { serve } from "./serve/serve.ts";
import { setUp } from "./serve/set-up.ts";
import type { VerifyFlags } from "./verify/verify-flags.ts";

const build = buildInfo(packageJson.version, process.version);
const version = versionText(build, `${process.platform}/${process.arch}`);
const reading = readCommand(exporterProgram(version), process.argv.slice(2));
if (reading.kind === "print") process.stdout.write(reading.text);
else if (reading.kind === "refused") refuse([...reading.problems, ...(await problemsBehind(reading))]);
else if (reading.command === "serve") await runServe(reading.values);
else if (reading.command === "verify") await runVerifyCommand(reading.values);
else await runHealth(reading.values);

async function runServe(flags: ServeFlags): Promise<void> {
  const parts = await setUp(flags, { env: process.env, build, writeLog: (line) => process.stderr.write(line) });
  if (!parts.ok) {
    refuse(parts.problems);
    return;
  }
  if (flags["config.check"]) {
    const { length } = parts.inventory.targets;
    const place = flags["config.file"] ?? "The environment";
    console.log(`${place} is right: ${length} ${length === 1 ? "target" : "targets"}.`);
    return;
  }
  if (flags.once) {
    const { exposition, failed } = await runOnce(parts);
    process.stdout.write(exposition);
    if (failed > 0) process.exitCode = EXIT_FAILED;
    return;
  }
  const start = await serve(flags, parts);
  if (!start.ok) {
    console.error(`fc-async-exporter: ${start.problem}`);
    process.exitCode = EXIT_FAILED;
    return;
  }
  const { serving } = start;
  const { logger } = parts;
  process.on("SIGHUP", () => serving.reload());
  runUntilSignal({
    signals: process,
    stop: () => serving.stop(),
    exit: (code) => process.exit(code),
    onStopping: (signal) => logger.info("stopping", { signal }),
    onStopFailed: (problem, error) => logger.error(problem, { err: error }),
  });
}

async function runVerifyCommand(flags: VerifyFlags): Promise<void> {
  // Loaded only then: the exporter itself needs nothing of it.
  const { verifyCommand } = await import("./verify/verify-command.ts");
  process.exitCode = await verifyCommand({
    flags,
    env: process.env,
    version: packageJson.version,
    nodeVersion: process.version,
    print: (text) => process.stdout.write(text),
    tell: (line) => console.error(line),
  });
}

async function runHealth(flags: HealthFlags): Promise<void> {
  const { url, timeout: timeoutMs } = flags;
  const { healthy, words } = await checkHealth({ url, caFile: flags["tls.ca-file"], timeoutMs });
  if (healthy) console.log(words);
  else {
    console.error(`fc-async-exporter: ${words}`);
    process.exitCode = EXIT_FAILED;
  }
}

/** The file is looked at behind wrong flags, too, so that everything is told at once. */
async function problemsBehind(
  refused: Extract<typeof reading, { readonly kind: "refused" }>,
): Promise<readonly string[]> {
  if (refused.command === "verify") return fileProblems(refused.values["config.file"], process.env);
  if (refused.command !== "serve") return [];
  const problems = await fileProblems(refused.values["config.file"], process.env);
  return [...problems, ...webConfigProblems(refused.values["web.config.file"])];
}

function refuse(problems: readonly string[]): void {
  for (const problem of problems) console.error(`fc-async-exporter: ${problem}`);
  process.exitCode = EXIT_USAGE;
}
