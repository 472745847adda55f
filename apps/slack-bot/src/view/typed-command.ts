import { displayText } from "./display-text.ts";
import { LIMITS } from "./limits.ts";
import { code, type Markup } from "./markup.ts";

/** Commands to type, each in a code span; those that cannot be typed as they are shown are left out. */
export function typedCommands(commandName: string, commands: readonly string[]): readonly Markup[] {
  return commands
    .map((words) => `${commandName} ${words}`)
    .filter((line) => displayText(line, LIMITS.commandCharacters) === line && !line.includes("`"))
    .map((line) => code(line, LIMITS.commandCharacters));
}
