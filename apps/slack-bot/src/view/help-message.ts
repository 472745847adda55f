import { COMMANDS, findCommand, usageOf, type Command } from "../commands/commands.ts";
import type { Verb } from "../commands/query.ts";
import { context, header, section } from "./blocks.ts";
import { code, joinMarkup, markup, type Markup } from "./markup.ts";
import { message, type Message } from "./message.ts";

/** All commands, or one in detail. */
export function helpMessage(topic: Verb | undefined, commandName: string): Message {
  const command = topic === undefined ? undefined : findCommand(topic);
  return command === undefined ? allCommands(commandName) : oneCommand(command, commandName);
}

function allCommands(commandName: string): Message {
  return message(markup`What ${code(commandName)} understands`, [
    header(`What ${commandName} understands`),
    section(COMMANDS.map((command) => markup`${code(`${commandName} ${usageOf(command)}`)} ${command.summary}`)),
    context([
      markup`Functions of Alibaba Cloud Function Compute with asynchronous tasks enabled, over all configured accounts and regions.`,
      markup`More about one command: ${code(`${commandName} help list`)}`,
    ]),
  ]);
}

function oneCommand(command: Command, commandName: string): Message {
  const usage = code(`${commandName} ${usageOf(command)}`);
  return message(markup`${usage} ${command.summary}`, [
    header(`${commandName} ${usageOf(command)}`),
    section([markup`Shows ${command.summary}.`, ...command.details.map((detail) => markup`${detail}`)]),
    context([
      markup`Examples: ${examples(command.examples.map((example) => `${commandName} ${example}`.trim()))}`,
      ...(command.aliases.length > 0 ? [markup`Also: ${examples(command.aliases)}`] : []),
    ]),
  ]);
}

function examples(texts: readonly string[]): Markup {
  return joinMarkup(
    texts.map((text) => code(text)),
    ", ",
  );
}
