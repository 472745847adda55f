#!/usr/bin/env node
import { readFile } from "node:fs/promises";
import { createEmulator, demoAccounts, parseFaults, parseSeed } from "@fc-async/emulator";
import { nodeHash } from "@fc-async/protocol/node";
import { parseFlags, type Flags } from "./command/flags.ts";
import { greeting } from "./command/greeting.ts";
import { isLogged, requestLine } from "./command/request-line.ts";
import { readInput, type Input } from "./input/read-input.ts";
import { startEmulatorServer } from "./server/start-emulator-server.ts";

const EXIT_FAILED = 1;
const EXIT_WRONG_INPUT = 2;

const parsed = parseFlags(process.argv.slice(2));
if (parsed.type === "run") await run(parsed.flags);
else if (parsed.type === "help") process.stdout.write(parsed.text);
else refuse(parsed.problems);

async function run({ hostname, port, defaultRegion, seedFile, faultFile, logLevel }: Flags): Promise<void> {
  const seed = await fromFile(seedFile, parseSeed, demoAccounts);
  const faults = await fromFile(faultFile, parseFaults, () => []);
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
      if (isLogged(record, logLevel)) console.log(requestLine(record));
    },
  });
  try {
    const server = await startEmulatorServer({ emulator, hostname, port });
    const { url, endpointTemplate } = server;
    const isDemo = seedFile === undefined;
    console.log(
      greeting({ url, endpointTemplate, defaultRegion, accounts: seed.value, isDemo, faultRules: faults.value.length }),
    );
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void server.close());
  } catch (error) {
    console.error(`fc-async-emulator: ${listenProblem(error, hostname, port)}`);
    process.exitCode = EXIT_FAILED;
  }
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
  process.exitCode = EXIT_WRONG_INPUT;
}

function listenProblem(error: unknown, hostname: string, port: number): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return `${hostname}:${port} is in use by another process; stop that one or choose another --listen-address`;
  }
  return `cannot listen on ${hostname}:${port}: ${error instanceof Error ? error.message : String(error)}`;
}
