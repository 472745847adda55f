import { spawn } from "node:child_process";
import { once } from "node:events";

/** How long a program of ours may take until it says that it is ready. */
const READY_TIMEOUT_MS = 15_000;

/** What to run, and how to tell that it serves. */
export interface ProcessToStart {
  /** Default: this Node. */
  readonly program?: string;
  /** For Node: the file and its flags; else the flags. */
  readonly command: readonly string[];
  /** Matched against the whole lines printed so far; the first match ends the wait. */
  readonly ready: RegExp;
  /** Where it runs. Default: where the tests run. */
  readonly folder?: string;
  /** Added to the environment of the tests. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A program that said it is ready. */
export interface RunningProcess {
  /** The match of `ready`. */
  readonly readyMatch: RegExpExecArray;
  /** Everything printed so far, stdout and stderr together. */
  output(): string;
  /** Sends the signal and lets the program go on. */
  signal(name: NodeJS.Signals): void;
  /** Sends the signal and waits for the end. Answers the exit code, `null` when the signal itself ended the program. */
  stop(signal?: "SIGINT" | "SIGTERM"): Promise<number | null>;
}

/**
 * Starts a program as its user would, as a process of its own.
 *
 * @throws {Error} with all it printed, when it ends or 15 s pass before it is ready.
 */
export async function startProcess(options: ProcessToStart): Promise<RunningProcess> {
  const { program = process.execPath, command, ready, folder, environment = {} } = options;
  const child = spawn(program, command, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  const deadline = setTimeout(() => child.kill("SIGKILL"), READY_TIMEOUT_MS);
  let output = "";
  const readyMatch = await new Promise<RegExpExecArray>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const match = ready.exec(output.slice(0, output.lastIndexOf("\n") + 1));
      if (match !== null) resolve(match);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject);
    child.once("close", () => reject(new Error(`${command.join(" ")} never said ${String(ready)}, but:\n${output}`)));
  });
  clearTimeout(deadline);
  return {
    readyMatch,
    output: () => output,
    signal: (name) => void child.kill(name),
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}
