#!/usr/bin/env node
import {
  createLogger,
  EXIT_FAILED,
  EXIT_USAGE,
  formatListenAddress,
  listenProblem,
  ownHosts,
  readFlags,
  runUntilSignal,
  startServer,
  type FlagValues,
} from "@fc-async/daemon";
import { createNodeFetch } from "@fc-async/protocol/node";
import { getRequestListener } from "@hono/node-server";
import packageJson from "../package.json" with { type: "json" };
import { explorerProgram, type FLAGS } from "./command-line/program.ts";
import { presetsFor } from "./request/presets.ts";
import { createExplorerApp } from "./server/create-explorer-app.ts";
import { readPageFiles, type PageFiles } from "./server/page-files.ts";

/** The built page: beside the bundle, or where the build puts it when the sources run. */
const PAGE_FOLDER = new URL(import.meta.url.endsWith(".ts") ? "../dist/page/" : "page/", import.meta.url);

const reading = readFlags(explorerProgram(packageJson.version), process.argv.slice(2));
if (reading.kind === "print") process.stdout.write(reading.text);
else if (reading.kind === "refused") {
  for (const problem of reading.problems) console.error(`fc-async-explorer: ${problem}`);
  process.exitCode = EXIT_USAGE;
} else {
  const pageFiles = await readPageFiles(PAGE_FOLDER).catch(() => undefined);
  if (pageFiles === undefined) {
    console.error("fc-async-explorer: the page is not built. Run pnpm --filter fc-async-explorer build.");
    process.exitCode = EXIT_FAILED;
  } else await serve(reading.values, pageFiles);
}

async function serve(flags: FlagValues<typeof FLAGS>, pageFiles: PageFiles): Promise<void> {
  const address = flags["listen-address"];
  const emulatorEndpoint = flags["emulator.endpoint"];
  const logger = createLogger({
    level: flags["log.level"],
    format: flags["log.format"],
    write: (line) => process.stderr.write(line),
  });
  const fetch = createNodeFetch({ env: process.env });
  let hosts = ownHosts(address, address.port);
  const app = createExplorerApp({
    settings: {
      version: packageJson.version,
      emulatorEndpoint,
      presets: presetsFor(emulatorEndpoint, {
        accountId: flags["emulator.account-id"],
        region: flags["emulator.region"],
        accessKeyId: flags["emulator.access-key-id"],
        accessKeySecret: flags["emulator.access-key-secret"],
      }),
    },
    pageFiles,
    fetch,
    hosts: () => hosts,
    onRequest: ({ method, path, status, durationMs, failure }) => {
      const fields = { method, path, status, duration_ms: Math.round(durationMs) };
      if (failure === undefined) logger.debug("answered", fields);
      else logger.warn(failure.side === "relay" ? "refused" : "no answer to relay", { ...fields, code: failure.code });
    },
    onError: (error) => logger.error("a request failed", { err: error }),
  });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  try {
    const server = await startServer((request, response) => void listener(request, response), address);
    hosts = ownHosts(address, server.port);
    logger.info("listening", {
      address: formatListenAddress({ ...address, port: server.port }),
      emulator: emulatorEndpoint,
    });
    runUntilSignal({
      signals: process,
      stop: async () => {
        await server.stop();
        fetch.close();
      },
      exit: (code) => process.exit(code),
      onStopping: (signal) => logger.info("stopping", { signal }),
      onStopFailed: (problem, error) => logger.error(problem, { err: error }),
    });
  } catch (error) {
    console.error(`fc-async-explorer: ${listenProblem(error, address)}`);
    process.exitCode = EXIT_FAILED;
  }
}
