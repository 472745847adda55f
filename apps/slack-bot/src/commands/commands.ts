import type { Query, QueryProblem, QueryReading, Verb } from "./query.ts";

/** One command: what is typed, what it means, and how help speaks of it. */
export interface Command {
  readonly verb: Verb;
  /** Other words for it. */
  readonly aliases: readonly string[];
  /** The name of the one word that may follow, as usage lines show it; `undefined` when none may. */
  readonly argument: string | undefined;
  /** Makes the query of the word that followed, if one did. */
  readonly read: (word: string | undefined) => QueryReading;
  /** One line for the table of help. */
  readonly summary: string;
  /** More for `help <verb>`: plain sentences. */
  readonly details: readonly string[];
  /** What may follow the name of the slash command. */
  readonly examples: readonly string[];
}

const understood = (query: Query): QueryReading => ({ ok: true, query });
const refused = (problem: QueryProblem): QueryReading => ({ ok: false, problem });

/** Every command there is. The parser, help, suggestions and the usage hint of the Slack app come from this table. */
export const COMMANDS: readonly Command[] = [
  {
    verb: "overview",
    aliases: ["summary"],
    argument: undefined,
    read: () => understood({ verb: "overview" }),
    summary: "totals, the largest services, and how old the data is",
    details: ["This is also what the command answers when nothing follows it."],
    examples: ["", "overview"],
  },
  {
    verb: "services",
    aliases: ["service", "svc"],
    argument: undefined,
    read: () => understood({ verb: "services" }),
    summary: "how many functions each service has, over all accounts and regions",
    details: [
      "Functions are counted once per account and region, qualifiers each time they are listed.",
      "The total is the sum over all services, also over those that do not fit on the screen.",
    ],
    examples: ["services"],
  },
  {
    verb: "list",
    aliases: ["ls"],
    argument: "service",
    read: (pattern) => understood({ verb: "list", pattern }),
    summary: "the functions themselves, of one service or of all",
    details: [
      "The service is its exact name, or a pattern in which * stands for any characters and ? for one.",
      "Names are case-sensitive, as in Function Compute. Quote a name that starts with a dash.",
    ],
    examples: ["list", "list billing-jobs", "list billing-*"],
  },
  {
    verb: "help",
    aliases: ["?"],
    argument: "command",
    read: readTopic,
    summary: "this text, or more about one command",
    details: ["help list says more about list."],
    examples: ["help", "help list"],
  },
];

/** Finds a command by its verb or an alias; case does not matter, as phones capitalise the first word. */
export function findCommand(word: string): Command | undefined {
  const lower = word.toLowerCase();
  return COMMANDS.find((command) => command.verb === lower || command.aliases.includes(lower));
}

/** `list [service]` */
export function usageOf(command: Command): string {
  return command.argument === undefined ? command.verb : `${command.verb} [${command.argument}]`;
}

/** The "usage hint" for the settings of the Slack app. */
export function usageHint(): string {
  return COMMANDS.map((command) => usageOf(command)).join(" | ");
}

function readTopic(word: string | undefined): QueryReading {
  if (word === undefined) return understood({ verb: "help", topic: undefined });
  const command = findCommand(word);
  return command === undefined
    ? refused({ kind: "unknown_topic", word })
    : understood({ verb: "help", topic: command.verb });
}
