import type { Config } from "./config.ts";
import { checkDocument } from "./check-document.ts";
import { ConfigError, type ConfigProblem } from "./config-error.ts";
import { formatPath } from "./config-path.ts";
import { expandVariables, type Environment } from "./expand-variables.ts";
import { resolveSecretFiles } from "./secret-files.ts";
import { readYamlTree, type ScalarReader } from "./yaml-tree.ts";

export interface ReadConfigOptions {
  /** For messages, and the place where relative paths of secret files start. */
  readonly fileName: string;
  /** What `${NAME}` stands for. */
  readonly env: Environment;
  /** Says what is wrong with a secret file, or `undefined`. Default: files are not looked at. */
  readonly fileProblem?: ((path: string) => string | undefined) | undefined;
}

/**
 * Reads the text of a configuration file: YAML, `${NAME}` from the environment, strict keys, every default filled in.
 *
 * @throws {ConfigError} With everything that is wrong, each with line and column; for text that is not YAML with that alone.
 */
export function readConfig(text: string, options: ReadConfigOptions): Config {
  const { fileName, env, fileProblem } = options;
  const tree = readYamlTree(text, { version: "1.2", readScalar: withVariables(env) });
  if (tree.value === undefined) {
    const empty: ConfigProblem = {
      line: undefined,
      column: undefined,
      path: "",
      message: "the file is empty; it needs at least accounts",
    };
    throw new ConfigError(tree.problems.length > 0 ? tree.problems : [empty], fileName);
  }

  const { document, files } = resolveSecretFiles(tree.value, fileName);
  const check = checkDocument(document);
  // What a variable did not fill is told once, not a second time for its form.
  const unfilled = new Set(tree.problems.map(({ path }) => path));
  const problems = [
    ...tree.problems,
    ...(check.ok ? [] : check.problems)
      .filter(({ path, at }) => at === "key" || !unfilled.has(formatPath(path)))
      .map(({ path, message, at }) => tree.problemAt(path, message, at)),
    ...files
      .filter(({ path }) => !unfilled.has(formatPath(path)))
      .flatMap(({ path, file }) => {
        const problem = fileProblem?.(file);
        return problem === undefined ? [] : [tree.problemAt(path, problem)];
      }),
  ];
  if (!check.ok || problems.length > 0) throw new ConfigError(problems.toSorted(byPlace), fileName);
  return check.config;
}

function withVariables(env: Environment): ScalarReader {
  return ({ value }) => {
    if (typeof value !== "string") return { value: value ?? undefined };
    const expanded = expandVariables(value, env);
    return "text" in expanded ? { value: expanded.text } : expanded;
  };
}

/** For `toSorted`: the order of the file. */
export function byPlace(a: ConfigProblem, b: ConfigProblem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
