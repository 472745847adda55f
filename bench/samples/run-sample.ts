import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Pinning } from "../machine/pinning.ts";

/** A sample that takes longer hangs. */
const SAMPLE_TIMEOUT_MS = 120_000;

/** What a sample printed: figures by name. */
export interface Figures {
  /** @throws {RangeError} when the sample printed no such number. */
  get(name: string): number;
}

export interface SampleOptions {
  readonly pinning: Pinning;
  /** Flags without their dashes. */
  readonly flags: Readonly<Record<string, string | number>>;
  /** Flags of Node. Default: none. */
  readonly nodeFlags?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/**
 * Runs `samples/<name>.ts` in a fresh process and reads the line of JSON it prints.
 *
 * @throws {Error} with what the sample wrote to stderr, when it fails or takes longer than two minutes.
 */
export async function runSample(
  name: "walk" | "signing" | "load" | "exchange" | "scrape" | "poll" | "render" | "held",
  options: SampleOptions,
): Promise<Figures> {
  const { pinning, flags, nodeFlags = [], env } = options;
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const args = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
  const [program = process.execPath, ...rest] = [...pinning.command, process.execPath, ...nodeFlags, file, ...args];
  const printed = await new Promise<string>((resolve, reject) => {
    const settings = { env: { ...process.env, ...env }, timeout: SAMPLE_TIMEOUT_MS };
    execFile(program, rest, settings, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${name} ${args.join(" ")} failed: ${stderr || error.message}`));
    });
  });
  const figures: unknown = JSON.parse(printed);
  const byName = new Map(Object.entries(figures ?? {}));
  return {
    get(figure) {
      const value: unknown = byName.get(figure);
      if (typeof value !== "number") throw new RangeError(`${name} printed no ${figure}`);
      return value;
    },
  };
}
