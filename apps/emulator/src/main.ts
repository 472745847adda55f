#!/usr/bin/env node
import { resolve } from "node:path";
import { EXIT_FAILED, EXIT_USAGE, readCommand, runUntilSignal } from "@fc-async/daemon";
import packageJson from "../package.json" with { type: "json" };
import type { EnvFlags } from "./command-line/env-flags.ts";
import { emulatorProgram } from "./command-line/program.ts";
import type { ServeFlags } from "./command-line/serve-flags.ts";
import { shellExports } from "./env/shell-exports.ts";
import { problemsOf } from "./input/read-input.ts";
import { demoSeed } from "./seed/demo-seed.ts";
import { CannotServe, serve } from "./serve/serve.ts";
import { readServeInput, seedFrom } from "./serve/serve-input.ts";

const reading = readCommand(emulatorProgram(packageJson.version), process.argv.slice(2));
if (reading.kind === "print") process.stdout.write(reading.text);
else if (reading.kind === "refused") refuse([...reading.problems, ...(await problemsBehind(reading))]);
else if (reading.command === "serve") await runServe(reading.values);
else if (reading.command === "env") await printExports(reading.values);
else process.stdout.write(demoSeed());

async function runServe(flags: ServeFlags): Promise<void> {
  const input = await readServeInput(flags);
  if (!input.ok) {
    refuse(input.problems);
    return;
  }
  try {
    const serving = await serve(flags, input.value, (text) => console.log(text));
    console.log(serving.greeting);
    runUntilSignal({ signals: process, stop: () => serving.stop(), exit: (code) => process.exit(code) });
  } catch (error) {
    if (!(error instanceof CannotServe)) throw error;
    console.error(`fc-async-emulator: ${error.message}`);
    process.exitCode = error.code === "input" ? EXIT_USAGE : EXIT_FAILED;
  }
}

async function printExports(flags: EnvFlags): Promise<void> {
  const seed = await seedFrom(flags["seed.file"]);
  const caFile = flags["tls.ca-file"];
  const exports = seed.ok
    ? shellExports({
        accounts: seed.value.accounts,
        address: flags["listen-address"],
        accountId: flags.account,
        accessKeyId: flags["access-key-id"],
        // The shell may go elsewhere.
        caFile: caFile === undefined ? undefined : resolve(caFile),
      })
    : seed;
  if (exports.ok) process.stdout.write(exports.value);
  else refuse(exports.problems);
}

/** Files are looked at behind wrong flags, too, so that everything is told at once. */
async function problemsBehind(
  refused: Extract<typeof reading, { readonly kind: "refused" }>,
): Promise<readonly string[]> {
  if (refused.command === "serve") return problemsOf(await readServeInput(refused.values));
  return refused.command === "env" ? problemsOf(await seedFrom(refused.values["seed.file"])) : [];
}

function refuse(problems: readonly string[]): void {
  for (const problem of problems) console.error(`fc-async-emulator: ${problem}`);
  process.exitCode = EXIT_USAGE;
}
