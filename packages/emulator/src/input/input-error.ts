/** One thing wrong with accounts, a seed or fault rules. */
export interface InputProblem {
  /** Where, as keys and indexes from the root of the value. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A seed, an account list or a fault rule that cannot be meant. Carries every problem found, not only the first. */
export class EmulatorInputError extends TypeError {
  override readonly name = "EmulatorInputError";
  readonly code = "EMULATOR_INPUT";
  readonly problems: readonly InputProblem[];

  constructor(what: string, problems: readonly InputProblem[]) {
    super([`${what}:`, ...problems.map(({ path, message }) => `  ${formatPath(path)}: ${message}`)].join("\n"));
    this.problems = problems;
  }
}

/** A path as one reads it in JavaScript: `$.accounts[0].accessKeys`, with odd keys quoted. */
export function formatPath(path: readonly (string | number)[]): string {
  let text = "$";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else text += /^[A-Za-z_$][\w$]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  }
  return text;
}
