import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Config } from "./config.ts";
import { configFromEnvironment } from "./config-from-environment.ts";
import { ConfigError } from "./config-error.ts";
import type { Environment } from "./expand-variables.ts";
import { fileReadProblem } from "./file-read-problem.ts";
import { readConfig } from "./read-config.ts";

export interface LoadConfigOptions {
  /** Path of the configuration file; `undefined` = environment variables alone. */
  readonly file: string | undefined;
  readonly env: Environment;
}

/**
 * Loads the configuration from a file, or from the environment when there is none. Files with secrets must be there, readable
 * and not empty.
 *
 * @throws {ConfigError} With everything that is wrong; also for a file that cannot be read.
 */
export async function loadConfig({ file, env }: LoadConfigOptions): Promise<Config> {
  if (file === undefined) return configFromEnvironment(env);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new ConfigError([{ line: undefined, column: undefined, path: "", message: fileReadProblem(error) }], file);
  }
  return readConfig(text, { fileName: file, env, fileProblem: secretFileProblem });
}

/** What a load came to. */
export type ConfigReading =
  | { readonly ok: true; readonly config: Config }
  /** One line each, ready to print. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** The same as a value, for a program that tells these problems beside others. */
export async function readConfiguration(options: LoadConfigOptions): Promise<ConfigReading> {
  try {
    return { ok: true, config: await loadConfig(options) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { ok: false, problems: error.problems };
  }
}

/** What is wrong with a configuration file, to be told beside wrong flags; nothing when there is no file to look at. */
export async function fileProblems(file: string | undefined, env: Environment): Promise<readonly string[]> {
  if (file === undefined) return [];
  const reading = await readConfiguration({ file, env });
  return reading.ok ? [] : reading.problems;
}

function secretFileProblem(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim() === "" ? `the file ${path} is empty` : undefined;
  } catch (error) {
    return `the file ${path}: ${fileReadProblem(error)}`;
  }
}
