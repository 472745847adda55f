#!/usr/bin/env node
import { readFile } from "node:fs/promises";
import { EXIT_FAILED, EXIT_USAGE, listenProblem, readFlags, runUntilSignal, type FlagValues } from "@fc-async/daemon";
import { createEmulator, demoAccounts, parseFaults, parseSeed } from "@fc-async/emulator";
import { nodeHash } from "@fc-async/protocol/node";
import packageJson from "../package.json" with { type: "json" };
import { greeting } from "./command-line/greeting.ts";
import { emulatorProgram, FLAGS } from "./command-line/program.ts";
import { isLogged, requestLine } from "./command-line/request-line.ts";
import { readInput, type Input } from "./input/read-input.ts";
import { startEmulatorServer } from "./server/start-emulator-server.ts";

interface Inputs {
  readonly seed: Input<ReturnType<typeof parseSeed>>;
  readonly faults: Input<ReturnType<typeof parseFaults>>;
}

const EVERY_ADDRESS = "0.0.0.0";

const reading = readFlags(emulatorProgram(packageJson.version), process.argv.slice(2));
if (reading.kind === "print") process.stdout.write(reading.text);
else if (reading.kind === "refused") {
  const { seed, faults } = await readInputs(reading.values);
  refuse([...reading.problems, ...problemsOf(seed), ...problemsOf(faults)]);
} else await run(reading.values);

async function run(flags: FlagValues<typeof FLAGS>): Promise<void> {
  const address = flags["listen-address"];
  const seedFile = flags["seed.file"];
  const defaultRegion = flags["default-region"];
  const { seed, faults } = await readInputs(flags);
  if (!seed.ok || !faults.ok) {
    refuse([...problemsOf(seed), ...problemsOf(faults)]);
    return;
  }
  const emulator = createEmulator({
    accounts: seed.value,
    faults: faults.value,
    defaultRegion,
    hash: nodeHash,
    onRequest: (record) => {
      if (isLogged(record, flags["log.level"])) console.log(requestLine(record));
    },
  });
  try {
    const { hostname = EVERY_ADDRESS, port } = address;
    const server = await startEmulatorServer({ emulator, hostname, port });
    const { url, endpointTemplate } = server;
    const isDemo = seedFile === undefined;
    console.log(
      greeting({ url, endpointTemplate, defaultRegion, accounts: seed.value, isDemo, faultRules: faults.value.length }),
    );
    runUntilSignal({ signals: process, stop: () => server.close(), exit: (code) => process.exit(code) });
  } catch (error) {
    console.error(`fc-async-emulator: ${listenProblem(error, address)}`);
    process.exitCode = EXIT_FAILED;
  }
}

async function readInputs(flags: Partial<FlagValues<typeof FLAGS>>): Promise<Inputs> {
  return {
    seed: await fromFile(flags["seed.file"], parseSeed, demoAccounts),
    faults: await fromFile(flags["fault.file"], parseFaults, () => []),
  };
}

async function fromFile<T>(
  file: string | undefined,
  parse: (value: unknown) => T,
  otherwise: () => T,
): Promise<Input<T>> {
  if (file === undefined) return { ok: true, value: otherwise() };
  try {
    return readInput(file, await readFile(file, "utf8"), parse);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return { ok: false, problems: [`${file}: cannot be read (${error.message})`] };
  }
}

function problemsOf(input: Input<unknown>): readonly string[] {
  return input.ok ? [] : input.problems;
}

function refuse(problems: readonly string[]): void {
  for (const problem of problems) console.error(`fc-async-emulator: ${problem}`);
  process.exitCode = EXIT_USAGE;
}
