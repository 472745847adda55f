import { readFile } from "node:fs/promises";
import {
  formatListenAddress,
  listenProblem,
  startServer,
  type ListenAddress,
  type StartServerOptions,
} from "@fc-async/daemon";
import type { ServeFlags } from "../command-line/serve-flags.ts";
import { createDebugHandler } from "../debug/create-debug-handler.ts";
import { watchFile } from "../reload/watch-file.ts";
import type { ExporterParts } from "./set-up.ts";

/** An exporter that serves and polls. */
export interface Serving {
  /** For SIGHUP. */
  reload(): void;
  /** Ends walks and scrapes in good order. */
  stop(): Promise<void>;
}

export type ServeStart =
  | { readonly ok: true; readonly serving: Serving }
  | { readonly ok: false; readonly problem: string };

type Stop = () => Promise<unknown>;

/** Listens on every address, then begins to poll. When one address cannot be had, none is kept. */
export async function serve(flags: ServeFlags, parts: ExporterParts): Promise<ServeStart> {
  const { logger, inventory, exporter, reload, web, tracing } = parts;
  const file = flags["config.file"];
  const stops: Stop[] = [];
  const stopServers = async (): Promise<void> => void (await Promise.all(stops.map((stop) => stop())));

  const listen = async (
    what: string,
    address: ListenAddress,
    listener: typeof exporter.handler,
    options: StartServerOptions = {},
  ): Promise<string | undefined> => {
    try {
      const server = await startServer(listener, address, options);
      stops.push(() => server.stop());
      logger.info(what, { address: formatListenAddress({ ...address, port: server.port }) });
      return undefined;
    } catch (error) {
      return listenProblem(error, address);
    }
  };

  const options = { web, maxRequests: flags["web.max-requests"] };
  for (const address of flags["web.listen-address"]) {
    const problem = await listen("listening", address, exporter.handler, options);
    if (problem !== undefined) {
      await stopServers();
      return { ok: false, problem };
    }
  }
  const debugAddress = flags["debug.listen-address"];
  if (debugAddress !== undefined) {
    const problem = await listen("debugging", debugAddress, createDebugHandler());
    if (problem !== undefined) {
      await stopServers();
      return { ok: false, problem };
    }
  }
  if (file !== undefined && reload !== undefined && flags["config.enable-auto-reload"]) {
    const endWatch = watchFile({
      read: () => readFile(file),
      intervalMs: flags["config.auto-reload-interval"],
      onChanged: () => void reload(),
    });
    stops.push(async () => endWatch());
  }
  inventory.start();
  logger.info("polling for itself: the memory store is not shared with the bot", { targets: inventory.targets.length });

  const serving: Serving = {
    reload() {
      if (reload === undefined) logger.warn("nothing to reload: there is no configuration file");
      else void reload();
    },
    async stop() {
      // What is known is served until the walks have ended and their leases are free.
      await inventory.stop();
      await Promise.all([stopServers(), tracing?.stop()]);
      exporter.stop();
    },
  };
  return { ok: true, serving };
}
