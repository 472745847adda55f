import type { Logger } from "@fc-async/daemon";
import type { InventoryStore, RecordStore, YieldToLoop } from "@fc-async/inventory";
import { answerQuery } from "../answer-query.ts";
import { parseQuery } from "../commands/parse-query.ts";
import { failureMessage, type AnswerFailure } from "../view/failure-message.ts";
import { readMessage, type Message } from "../view/message.ts";
import type { TableStyle } from "../view/table.ts";
import { readSlashCommand, type SlashCommand } from "./slash-command.ts";
import { withinTime } from "./within-time.ts";

export interface AnswerOptions {
  readonly store: InventoryStore;
  readonly records: RecordStore;
  readonly aliases: ReadonlyMap<string, string>;
  readonly tables: TableStyle;
  readonly maxStalenessMs: number;
  readonly commandName: string;
  /** How long an answer may take: below the three seconds after which Slack tells the user that the app failed. */
  readonly answerWithinMs: number;
  readonly newReference: () => string;
  /** Called between slices of the work. */
  readonly yieldToLoop: YieldToLoop;
  readonly logger: Logger;
}

/** Where answers are kept, by trigger id, for deliveries that come twice. */
const ANSWERS = "slack-answers";
const KEEP_ANSWERS_MS = 15 * 60_000;

/** Answers the fields of a slash command. Never rejects: whatever breaks, the person who asked is told, in time. */
export function createCommandAnswerer(options: AnswerOptions): (fields: object) => Promise<Message> {
  const { store, records, logger, commandName, answerWithinMs } = options;

  async function answer(command: SlashCommand, late: AbortSignal): Promise<Message> {
    const [states, nowMs] = await Promise.all([store.states(), store.now()]);
    const yieldToLoop = async (): Promise<void> => {
      await options.yieldToLoop();
      late.throwIfAborted();
    };
    return keep(command, await answerQuery(parseQuery(command.text), states, { ...options, nowMs, yieldToLoop }));
  }

  /** Of several deliveries of one command the first to be kept is the answer of all. */
  async function keep({ triggerId }: SlashCommand, message: Message): Promise<Message> {
    try {
      // As text: it takes a quarter of what the objects take.
      const value = JSON.stringify(message);
      const result = await records.put(ANSWERS, triggerId, value, { expectedVersion: 0, ttlMs: KEEP_ANSWERS_MS });
      const kept = result === "conflict" ? (await records.get(ANSWERS, triggerId))?.value : undefined;
      return (typeof kept === "string" ? readMessage(kept) : undefined) ?? message;
    } catch (error) {
      logger.warn("the answer cannot be kept; a duplicate would be answered anew", { err: error });
      return message;
    }
  }

  return async (fields) => {
    const reference = options.newReference();
    const command = readSlashCommand(fields);
    const log = logger.child({ ref: reference, team: command?.teamId, user: command?.userId });
    const fail = (failure: AnswerFailure, error?: unknown): Message => {
      log.warn("command failed", { result: failure, ...(error === undefined ? {} : { err: error }) });
      return failureMessage(failure, reference);
    };
    if (command === undefined) return fail("malformed");
    if (command.command !== commandName) return fail("other_command");
    try {
      const late = new AbortController();
      const message = await withinTime(answer(command, late.signal), answerWithinMs);
      if (message === "late") {
        late.abort();
        return fail("slow");
      }
      log.info("command answered", { verb: verbOf(command.text) });
      return message;
    } catch (error) {
      return fail("internal", error);
    }
  };
}

/** What was typed stays out of the log, unless it is a verb of ours. */
function verbOf(text: string): string {
  const reading = parseQuery(text);
  return reading.ok ? reading.query.verb : reading.problem.kind;
}
