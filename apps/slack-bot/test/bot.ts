import type { Logger } from "@fc-async/daemon";
import { createMemoryRecordStore, type InventoryStore, type RecordStore, type TargetState } from "@fc-async/inventory";
import {
  sendCommand,
  signCommand,
  slashCommand,
  type Delivery,
  type SlashCommandInput,
  type SignedRequest,
} from "@fc-async/slack-sim";
import { createSlackBot, type SlackBotOptions } from "fc-async-slack";
import { onTestFinished } from "vitest";
import { NOW_MS } from "./states.ts";

export const SIGNING_SECRET = "ExampleSecret0000000000000000";

/** One line of the bot's log. */
export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface StartedBot {
  readonly url: string;
  /** Every line so far. */
  readonly log: readonly LogLine[];
  /** Signs a command at the bot's own time and sends it. */
  send(input?: SlashCommandInput): Promise<Delivery>;
  /** Sends what was signed, or was not. */
  post(request: Partial<SignedRequest>): Promise<Response>;
}

/** A store that only knows these states. What a bot never calls throws. */
export function storeOf(states: () => Promise<readonly TargetState[]>, nowMs: number = NOW_MS): InventoryStore {
  const unexpected = (): never => {
    throw new Error("the bot only reads");
  };
  return {
    states,
    now: async () => nowMs,
    setTargets: unexpected,
    claim: unexpected,
    nextDueAt: unexpected,
    renew: unexpected,
    publish: unexpected,
    fail: unexpected,
    release: unexpected,
    hasten: unexpected,
    state: unexpected,
    onChange: unexpected,
    close: unexpected,
  };
}

export type BotInput = Partial<SlackBotOptions> & {
  readonly states?: readonly TargetState[];
  readonly records?: RecordStore;
};

/** Starts a bot on a free port of the loopback interface; it ends with the test. */
export async function startBot(input: BotInput = {}): Promise<StartedBot> {
  const log: LogLine[] = [];
  const now = input.now ?? (() => NOW_MS);
  const bot = createSlackBot({
    store: storeOf(async () => input.states ?? []),
    records: createMemoryRecordStore({ now: () => NOW_MS }),
    aliases: new Map(),
    signingSecret: SIGNING_SECRET,
    tables: "auto",
    maxStalenessMs: 0,
    logger: recordingLogger(log),
    newReference: () => "ref00001",
    ...input,
    now,
  });
  const { port } = await bot.start({ hostname: "127.0.0.1", port: 0 });
  onTestFinished(() => bot.stop());
  const url = `http://127.0.0.1:${port}/slack/events`;
  return {
    url,
    log,
    send: (command) => sendCommand(url, signed(command, now()), {}),
    post: ({ headers = {}, body = "" }) => fetch(url, { method: "POST", headers, body }),
  };
}

/** A command signed with the bot's secret. */
export function signed(input: SlashCommandInput = {}, nowMs: number = NOW_MS): SignedRequest {
  return signCommand(slashCommand(input), { signingSecret: SIGNING_SECRET, nowMs });
}

export function recordingLogger(log: LogLine[], bound: Readonly<Record<string, unknown>> = {}): Logger {
  const write =
    (level: string) =>
    (msg: string, fields: Readonly<Record<string, unknown>> = {}): void =>
      void log.push({ level, msg, fields: { ...bound, ...fields } });
  return {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    child: (fields) => recordingLogger(log, { ...bound, ...fields }),
  };
}
