import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";

/** How a program ended, and what it printed, without colours. */
export interface Ended {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program in a folder and waits for its end.
 *
 * @throws {Error} when the program is not there.
 */
export async function runToEnd(folder: string, program: string, arguments_: readonly string[]): Promise<Ended> {
  const child = spawn(program, arguments_, {
    cwd: folder,
    // Somebody who watches the tests on a terminal may have asked for colours, and with them for another layout.
    env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  // Asking for none is not enough: oxlint colours wherever CI is set, whatever NO_COLOR says.
  return {
    code: child.exitCode,
    stdout: stripVTControlCharacters(stdout),
    stderr: stripVTControlCharacters(stderr),
  };
}

/**
 * The same for a step that has to succeed. Answers stdout.
 *
 * @throws {Error} with all it printed, when it does not end with 0.
 */
export async function runOrThrow(folder: string, program: string, arguments_: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runToEnd(folder, program, arguments_);
  if (code === 0) return stdout;
  throw new Error(`${program} ${arguments_.join(" ")} ended with ${code}:\n${stdout}${stderr}`);
}
