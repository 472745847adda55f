import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { ACCOUNT_ID, CREDENTIALS, REGION } from "../clients/account.ts";
import type { FunctionRow, RegionRows } from "@fc-async/emulator";
import type { Pinning } from "../machine/pinning.ts";

/** As it is published: one file. */
export const EMULATOR_PROGRAM: string = fileURLToPath(new URL("../../apps/emulator/dist/main.js", import.meta.url));

export interface EmulatorToStart {
  readonly pinning: Pinning;
  /** For the seed file. */
  readonly folder: string;
  /** All rows of the one account in the one region, as a seed file has them. */
  readonly rows: RegionRows;
}

export interface StartedEmulator {
  readonly origin: string;
  readonly processId: number;
  stop(): Promise<void>;
}

/** Rows as a seed file lists them, with names of a usual length. */
export function pageRows(count: number): readonly FunctionRow[] {
  return Array.from({ length: count }, (_, index) => ({
    serviceName: "order-processing-001",
    functionName: `handle-order-event-${String(index).padStart(8, "0")}`,
    qualifier: "LATEST",
  }));
}

/** The flags of an emulator that has these rows for the account of the bench, and says nothing about requests. */
export function emulatorFlags({ folder, rows }: Omit<EmulatorToStart, "pinning">): readonly string[] {
  const seedFile = join(folder, "seed.json");
  const account = { accountId: ACCOUNT_ID, accessKeys: [CREDENTIALS], regions: { [REGION]: rows } };
  writeFileSync(seedFile, JSON.stringify({ accounts: [account] }));
  return [`--seed.file=${seedFile}`, "--admin.listen-address=none", "--log.level=silent"];
}

/** Starts the emulator's bundle in a process of its own; it must have been built. */
export async function startEmulator(options: EmulatorToStart): Promise<StartedEmulator> {
  const flags = ["--listen-address=127.0.0.1:0", ...emulatorFlags(options)];
  const [program = process.execPath, ...rest] = [
    ...options.pinning.command,
    process.execPath,
    EMULATOR_PROGRAM,
    ...flags,
  ];
  const child = spawn(program, rest, { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const [greeting]: unknown[] = await once(lines, "line");
  const [origin] = /http:\S+$/.exec(String(greeting)) ?? [];
  if (origin === undefined || child.pid === undefined) throw new Error(`the emulator said: ${String(greeting)}`);
  return {
    origin,
    processId: child.pid,
    async stop() {
      child.kill();
      await once(child, "exit");
    },
  };
}
