import type { RequestListener, ServerResponse } from "node:http";
import type { Logger } from "@fc-async/daemon";
import { App, HTTPReceiver } from "@slack/bolt";
import { failureMessage } from "../view/failure-message.ts";
import type { Message } from "../view/message.ts";
import { boltLogger } from "./bolt-logger.ts";
import { guardedFetch } from "./guarded-fetch.ts";

export interface BoltOptions {
  readonly path: string;
  readonly onCommand: (fields: object) => Promise<Message>;
  readonly newReference: () => string;
  readonly logger: Logger;
  readonly fetch: typeof fetch;
}

/**
 * Bolt as a request listener: it reads what Slack posts, tells the kinds of deliveries apart and acknowledges. Only requests
 * that were verified may reach it, with their bytes in `rawBody`; it does not look at signatures again.
 */
export function createBoltListener({ path, onCommand, newReference, logger, fetch }: BoltOptions): RequestListener {
  const log = boltLogger(logger);
  const receiver = new HTTPReceiver({
    // Verified before, against one clock and in both directions; with a secret Bolt would verify by its own clock again.
    signatureVerification: false,
    signingSecret: "",
    endpoints: [path],
    logger: log,
    processEventErrorHandler: async ({ error, response }) => {
      const reference = newReference();
      logger.error("a delivery failed", { ref: reference, err: error });
      if (!response.headersSent) sendMessage(response, failureMessage("internal", reference));
      return true;
    },
  });
  const app = new App({
    receiver,
    logger: log,
    // Answers travel in the acknowledgement, so no token is needed; the ids keep Bolt from asking Slack who it is.
    authorize: async () => ({ botId: "B0UNUSED", botUserId: "U0UNUSED" }),
    convoStore: false,
    ignoreSelf: false,
    clientOptions: { fetch: guardedFetch(fetch) },
  });
  // One middleware instead of listeners: Bolt runs every listener that matches, and none for what it has none for.
  app.use(async (delivery) => {
    if (!("command" in delivery)) return;
    const { blocks, ...message } = await onCommand(delivery.body);
    await delivery.ack({ ...message, blocks: [...blocks] });
  });
  return (request, response) => receiver.requestListener(request, response);
}

function sendMessage(response: ServerResponse, message: Message): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(message));
}
