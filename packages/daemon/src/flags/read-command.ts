import { Command } from "commander";
import { closestName } from "../spelling/closest-name.ts";
import { HELP_FLAGS, readFlags, VERSION_FLAG, type FlagsReading, type FlagTable } from "./read-flags.ts";

/** One thing a program can be told to do, with flags of its own. */
export interface ProgramCommand<Table extends FlagTable = FlagTable> {
  readonly description: string;
  readonly flags: Table;
}

/** Commands by the word that names them, in the order of the help. */
export type CommandTable = Readonly<Record<string, ProgramCommand>>;

/** A program that does different things. */
export interface CommandProgram<Commands extends CommandTable> {
  readonly name: string;
  readonly description: string;
  /** What `--version` prints. */
  readonly version: string;
  readonly commands: Commands;
  /** The command of a command line that names none. */
  readonly defaultCommand: keyof Commands & string;
}

/** What `readFlags` answers for the command that was named, beside its name. */
export type CommandReading<Commands extends CommandTable> =
  | { readonly kind: "print"; readonly text: string }
  | { readonly kind: "refused"; readonly command: undefined; readonly problems: readonly string[] }
  | {
      readonly [Name in keyof Commands]: { readonly command: Name } & Exclude<
        FlagsReading<Commands[Name]["flags"]>,
        { readonly kind: "print" }
      >;
    }[keyof Commands];

/**
 * Reads a command line whose first word may name a command: `fc-async-emulator env --account=1`. What follows is read by
 * `readFlags`. Without a command `--help` lists the commands; behind one it lists the flags of that command.
 *
 * @param words - The command line without program and script.
 */
export function readCommand<const Commands extends CommandTable>(
  program: CommandProgram<Commands>,
  words: readonly string[],
): CommandReading<Commands> {
  const { name, version, commands, defaultCommand } = program;
  const [first = ""] = words;
  const isNamed = first !== "" && !first.startsWith("-");
  if (!isNamed && HELP_FLAGS.some((flag) => words.includes(flag))) return { kind: "print", text: helpOf(program) };

  const command = isNamed ? first : defaultCommand;
  const known = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (known === undefined) {
    // Of a command that there is not nobody knows the flags.
    if (words.includes(VERSION_FLAG)) return { kind: "print", text: `${version}\n` };
    return { kind: "refused", command: undefined, problems: [unknownCommandProblem(command, Object.keys(commands))] };
  }
  const named = isNamed ? `${name} ${command}` : name;
  const reading = readFlags({ ...known, name: named, version }, isNamed ? words.slice(1) : words);
  if (reading.kind === "print") return reading;
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- name and flags come from the same entry of the table; a look-up by a text cannot tell the compiler
  return { ...reading, command } as CommandReading<Commands>;
}

function unknownCommandProblem(word: string, commands: readonly string[]): string {
  const meant = closestName(word, commands);
  const nextStep = meant === undefined ? `the commands are ${commands.join(", ")}` : `did you mean ${meant}?`;
  return `unknown command ${JSON.stringify(word)}; ${nextStep}`;
}

function helpOf(shown: {
  readonly name: string;
  readonly description: string;
  readonly commands: Readonly<Record<string, { readonly description: string }>>;
  readonly defaultCommand: string;
}): string {
  const { name, description, commands, defaultCommand } = shown;
  const program = new Command(name)
    .description(description)
    .usage("[command] [options]")
    .helpCommand(false)
    .helpOption("-h, --help", "Print this help, or behind a command its flags, then exit.")
    .option(VERSION_FLAG, "Print version and build, then exit.");
  for (const [word, command] of Object.entries(commands)) {
    const note = word === defaultCommand ? " What happens without a command." : "";
    program.command(word).usage("[options]").description(`${command.description}${note}`);
  }
  return program.helpInformation();
}
