import type { RequestListener } from "node:http";
import {
  startServer,
  yieldToLoop as yieldByImmediate,
  type ListenAddress,
  type Logger,
  type RunningServer,
} from "@fc-async/daemon";
import type { InventoryStore, RecordStore, YieldToLoop } from "@fc-async/inventory";
import { createCommandAnswerer } from "./slack/answer-command.ts";
import { createBoltListener } from "./slack/create-bolt-listener.ts";
import { createSlackHandler } from "./slack/create-slack-handler.ts";
import type { TableStyle } from "./view/table.ts";

export interface SlackBotOptions {
  /** Read only: somebody else polls. */
  readonly store: InventoryStore;
  /** Remembers answers for deliveries that come twice. */
  readonly records: RecordStore;
  /** Names of accounts, by account id. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Of the Slack app, from its "Basic Information" page. */
  readonly signingSecret: string;
  /** `text` draws aligned lines instead of Slack's tables. */
  readonly tables: TableStyle;
  /** Lists older than this are not shown; 0 shows any. */
  readonly maxStalenessMs: number;
  readonly logger: Logger;
  /** With the slash. Default `/fc-async`. */
  readonly commandName?: string | undefined;
  /** Milliseconds since the epoch, against which signatures are judged. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Makes the reference that a failed answer and its log line share. Default: eight hexadecimal digits. */
  readonly newReference?: (() => string) | undefined;
  /** How long the inventory may take to answer. Default 2,000; Slack waits 3,000. */
  readonly answerWithinMs?: number | undefined;
  /** Called between slices of the work on an answer. Default `setImmediate`. */
  readonly yieldToLoop?: YieldToLoop | undefined;
  /** For requests to Slack, of which this form of the bot makes none. Default `fetch`. */
  readonly fetch?: typeof fetch | undefined;
}

export interface SlackBot {
  /** Serves `POST /slack/events` and refuses everything else; for a server of your own. */
  readonly handler: RequestListener;
  /** Starts a server of its own; port 0 takes a free one. Rejects with the system's error when it cannot listen. */
  start(address: ListenAddress): Promise<{ readonly port: number }>;
  /** Ends that server when the open answers are out. */
  stop(): Promise<void>;
}

/** Where the Slack app's request URLs must lead. */
export const SLACK_PATH: string = "/slack/events";

/**
 * The bot without a process around it: Slack's requests in, answers from the store out.
 *
 * @throws TypeError when the signing secret is empty, which would let anybody in.
 */
export function createSlackBot(options: SlackBotOptions): SlackBot {
  const { signingSecret, logger, now = Date.now, fetch = globalThis.fetch } = options;
  const { commandName = "/fc-async", answerWithinMs = 2000, newReference = randomReference } = options;
  const { yieldToLoop = yieldByImmediate } = options;
  if (signingSecret === "")
    throw new TypeError("The signing secret of the Slack app is empty; see SLACK_SIGNING_SECRET.");

  const onCommand = createCommandAnswerer({
    ...options,
    commandName,
    answerWithinMs,
    newReference,
    yieldToLoop,
  });
  const bolt = createBoltListener({ path: SLACK_PATH, onCommand, newReference, logger, fetch });
  const handler = createSlackHandler({ path: SLACK_PATH, signingSecret, now, logger, next: bolt });
  let server: RunningServer | undefined;
  return {
    handler,
    async start(address) {
      server = await startServer(handler, address);
      return { port: server.port };
    },
    async stop() {
      await server?.stop();
      server = undefined;
    },
  };
}

function randomReference(): string {
  return crypto.randomUUID().slice(0, 8);
}
