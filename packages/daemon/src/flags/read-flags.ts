import { Command, CommanderError, Option } from "commander";
import { closestName } from "../spelling/closest-name.ts";
import type { Flag, FlagReading } from "./flag.ts";

export const HELP_FLAGS: readonly string[] = ["--help", "-h"];
export const VERSION_FLAG = "--version";

/** Flags by name without the leading dashes: `{ "config.file": valueFlag(…) }`. */
export type FlagTable = Readonly<Record<string, Flag<unknown>>>;

export type FlagValues<Table extends FlagTable> = {
  readonly [Name in keyof Table]: Table[Name] extends Flag<infer T> ? T : never;
};

export type FlagsReading<Table extends FlagTable> =
  | { readonly kind: "run"; readonly values: FlagValues<Table> }
  /** `--help` or `--version` was given: print `text` and exit 0. */
  | { readonly kind: "print"; readonly text: string }
  /** Exit 2 with every problem. `values` are those of the flags that are right, to look for problems behind them, too. */
  | { readonly kind: "refused"; readonly problems: readonly string[]; readonly values: Partial<FlagValues<Table>> };

export interface Program<Table extends FlagTable> {
  readonly name: string;
  readonly description: string;
  /** What `--version` prints. */
  readonly version: string;
  readonly flags: Table;
}

/**
 * Reads a command line in the style of Prometheus' programs (`--web.listen-address=:10406` or the value as the next word).
 * All problems are found at once: unknown flags, stray words, missing and bad values.
 *
 * @param words - The command line without program and script.
 */
export function readFlags<const Table extends FlagTable>(
  program: Program<Table>,
  words: readonly string[],
): FlagsReading<Table> {
  const command = commandOf(program);
  if (HELP_FLAGS.some((flag) => words.includes(flag))) return { kind: "print", text: command.helpInformation() };
  if (words.includes(VERSION_FLAG)) return { kind: "print", text: `${program.version}\n` };

  const problems: string[] = [];
  try {
    const { operands, unknown } = command.parseOptions([...words]);
    for (const word of unknown.filter((candidate) => candidate.startsWith("-"))) {
      const name = word.split("=", 1)[0] ?? word;
      const isSwitch = Object.hasOwn(program.flags, name.replace(/^--/u, ""));
      problems.push(isSwitch ? `${name} takes no value` : unknownFlagProblem(name, program.flags));
    }
    for (const word of operands) problems.push(`unexpected argument "${word}"; flags start with --`);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    problems.push(error.message.replace(/^error: /u, ""));
  }

  const given = command.opts<Readonly<Record<string, readonly string[] | true | undefined>>>();
  const values: Record<string, unknown> = {};
  for (const [name, flag] of Object.entries(program.flags)) {
    const texts = given[optionOf(name, flag).attributeName()] ?? [];
    const reading = texts === true ? readBare(flag) : flag.read(texts);
    if (reading.ok) values[name] = reading.value;
    else problems.push(`--${name}: ${reading.problem}`);
  }
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- as below
  if (problems.length > 0) return { kind: "refused", problems, values: values as Partial<FlagValues<Table>> };
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- each value came from its own flag's reader; a loop over keys cannot tell the compiler
  return { kind: "run", values: values as FlagValues<Table> };
}

/** The flags as a Markdown table, for the documentation. */
export function renderFlagsTable(flags: FlagTable): string {
  const rows = Object.entries(flags).map(([name, flag]) => {
    const shown = flag.placeholder === undefined ? `--${name}` : `--${name}=<${flag.placeholder}>`;
    const fallback = flag.defaultText === undefined ? "" : `\`${flag.defaultText}\``;
    return `| \`${shown}\` | ${fallback} | ${flag.help}${flag.repeatable ? " May be given several times." : ""} |`;
  });
  return ["| Flag | Default | Meaning |", "| --- | --- | --- |", ...rows, ""].join("\n");
}

/** A flag that stands there without a value. */
function readBare<T>(flag: Flag<T>): FlagReading<T> {
  return flag.placeholder === undefined
    ? flag.read([""])
    : { ok: false, problem: `expected a value, <${flag.placeholder}>, got none` };
}

function unknownFlagProblem(name: string, flags: FlagTable): string {
  const meant = closestName(
    name,
    Object.keys(flags).map((known) => `--${known}`),
  );
  return `unknown flag ${name}; ${meant === undefined ? "see --help" : `did you mean ${meant}?`}`;
}

function commandOf(program: Program<FlagTable>): Command {
  const command = new Command(program.name)
    .description(program.description)
    .helpOption("-h, --help", "Print this help, then exit.")
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  for (const [name, flag] of Object.entries(program.flags)) {
    // Every occurrence is kept as text; the table's own readers decide what it means.
    command.addOption(
      optionOf(name, flag).argParser((text: string, earlier: readonly string[] | undefined) => [
        ...(earlier ?? []),
        text,
      ]),
    );
  }
  return command.addOption(new Option(VERSION_FLAG, "Print version and build, then exit."));
}

function describe(flag: Flag<unknown>): string {
  const repeat = flag.repeatable ? " May be given several times." : "";
  return flag.defaultText === undefined
    ? `${flag.help}${repeat}`
    : `${flag.help}${repeat} (default: ${flag.defaultText})`;
}

function optionOf(name: string, flag: Flag<unknown>): Option {
  const option = new Option(
    flag.placeholder === undefined ? `--${name}` : `--${name} <${flag.placeholder}>`,
    describe(flag),
  );
  // A missing value is told beside the other problems; commander would stop at it.
  option.optional = option.required;
  option.required = false;
  return option;
}
