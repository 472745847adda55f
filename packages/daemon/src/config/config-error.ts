/** One thing that is wrong with a configuration. */
export interface ConfigProblem {
  /** From 1; `undefined` for what has no place in a file. */
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** `accounts[0].regions`, or the name of an environment variable; `""` for the file as a whole. */
  readonly path: string;
  /** What is wrong and what to do. Never holds a value of the configuration that could be a secret. */
  readonly message: string;
}

/** A configuration was refused. It lists everything that is wrong, in the order of the file. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code = "FC_CONFIG";
  readonly details: readonly ConfigProblem[];
  /** One line each, ready to print: `fc-async.yaml:7:5: accounts[0].regions: …`. */
  readonly problems: readonly string[];

  /** `fileName` is `undefined` for a configuration from the environment. */
  constructor(details: readonly ConfigProblem[], fileName: string | undefined) {
    const problems = details.map((problem) => formatProblem(problem, fileName));
    super(problems.join("\n"));
    this.details = details;
    this.problems = problems;
  }
}

function formatProblem({ line, column, path, message }: ConfigProblem, fileName: string | undefined): string {
  const place = [fileName, line, column].filter((part) => part !== undefined).join(":");
  return [place, path, message].filter((part) => part !== "").join(": ");
}
